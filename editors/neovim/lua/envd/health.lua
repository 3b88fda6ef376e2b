-- `:checkhealth envd`: whether the program that would be started is the language server. Upstream's envd has the same name.

local M = {}

-- How long a program may take to say what it is, in milliseconds.
local TIMEOUT = 10000

function M.check()
  vim.health.start('envd')
  if vim.fn.has('nvim-0.11') == 0 then
    vim.health.error('Neovim 0.11 or later is needed')
    return
  end
  local cmd = vim.lsp.config.envd.cmd
  local path = vim.fn.exepath(cmd[1])
  if path == '' then
    vim.health.error(
      ("there is no program '%s'"):format(cmd[1]),
      "Install envd-tools, or name its program: vim.lsp.config('envd', { cmd = { '/path/to/envd', 'lsp' } })"
    )
    return
  end
  local asked = vim.list_extend({ path }, vim.list_slice(cmd, 2))
  local started, process = pcall(vim.system, vim.list_extend(asked, { '--help' }), { text = true, timeout = TIMEOUT })
  local answer = started and process:wait() or { code = 1, stdout = '' }
  if answer.code == 0 and (answer.stdout or ''):find('Language Server Protocol', 1, true) then
    vim.health.ok(path .. ' is the language server')
  else
    vim.health.error(path .. ' is not the envd of envd-tools', 'Put the one of envd-tools first on the PATH')
  end
  -- The first 0.11 cannot say.
  if not vim.lsp.is_enabled then
    return
  end
  if vim.lsp.is_enabled('envd') then
    vim.health.ok('it is started for programs of envd')
  else
    vim.health.warn('it is not started', "vim.lsp.enable('envd')")
  end
end

return M
