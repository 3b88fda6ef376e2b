-- The language server; `vim.lsp.enable('envd')` starts it for programs of envd. Another place of the program, and other
-- settings, go into `vim.lsp.config('envd', { cmd = { '/path/to/envd', 'lsp' } })`.

-- What the server may offer above a function, with |vim.lsp.codelens|: it hands over the program's URI and the function.
local commands = {
  ['envd.showPlan'] = function(command) require('envd').plan(unpack(command.arguments)) end,
  ['envd.showPlanDiff'] = function(command)
    require('envd').plan_diff(nil, unpack(command.arguments))
  end,
  ['envd.up'] = function(command) require('envd').build('up', unpack(command.arguments)) end,
  ['envd.build'] = function(command) require('envd').build('build', unpack(command.arguments)) end,
}

return {
  cmd = { 'envd', 'lsp' },
  filetypes = { 'envd' },
  commands = commands,
  capabilities = { experimental = { commands = vim.tbl_keys(commands) } },
  root_markers = { 'envd.toml', 'pyproject.toml', '.git' },
}
