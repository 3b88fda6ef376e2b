-- The commands; what they do is loaded when the first of them is called.

if vim.g.loaded_envd or vim.fn.has('nvim-0.11') == 0 then
  return
end
vim.g.loaded_envd = true

local function command(name, run, description)
  vim.api.nvim_create_user_command(name, function() require('envd')[run]() end, { desc = description })
end

command('EnvdPlan', 'plan', 'Show what a build of this program would do')
vim.api.nvim_create_user_command('EnvdPlanDiff', function(arguments)
  require('envd').plan_diff(arguments.fargs[1])
end, { nargs = '?', complete = 'file', desc = 'Show what would be rebuilt, compared with a revision of git' })
command('EnvdSyntaxTree', 'syntax_tree', 'Show the syntax tree of this program')
command('EnvdUp', 'up', 'Start the environment of this program with the real envd')
command('EnvdRestart', 'restart', 'Start the language server for envd again')
