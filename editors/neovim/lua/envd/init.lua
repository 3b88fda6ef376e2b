-- What the language server for envd offers beyond the protocol: plans and syntax trees of programs.

local M = {}

-- How long the server may take to end, in milliseconds.
local SHUTDOWN_TIMEOUT = 5000

local function warn(message)
  vim.notify('envd: ' .. message, vim.log.levels.WARN)
end

local function client_of(buffer)
  local client = vim.lsp.get_clients({ bufnr = buffer, name = 'envd' })[1]
  if not client then
    warn("the language server is not running; see vim.lsp.enable('envd')")
  end
  return client
end

-- Shows a text in a window beside the program, always the same for the same kind of text. Returns its buffer.
local function show(kind, program, text)
  local name = ('envd-%s://%s'):format(kind, vim.api.nvim_buf_get_name(program))
  local buffer = vim.fn.bufnr('^' .. vim.fn.escape(name, '\\[]*?{},') .. '$')
  if buffer < 0 then
    buffer = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(buffer, name)
    vim.bo[buffer].bufhidden = 'wipe'
  end
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(text:gsub('\n$', ''), '\n'))
  vim.bo[buffer].modifiable = false
  if vim.fn.bufwinid(buffer) < 0 then
    vim.api.nvim_open_win(buffer, false, { split = 'right', win = vim.fn.bufwinid(program) })
  end
  return buffer
end

-- Asks for something about a program and shows it. `more` goes into the parameters.
local function request(kind, method, program, text, more)
  local client = client_of(program)
  if not client then
    return
  end
  local params = vim.tbl_extend('error', { textDocument = vim.lsp.util.make_text_document_params(program) }, more or {})
  client:request(method, params, function(problem, result)
    if problem then
      warn(problem.message)
    elseif result then
      show(kind, program, text(result))
    end
  end, program)
end

-- The buffer of a program: the current one if there is no URI.
local function buffer_of(uri)
  return uri and vim.uri_to_bufnr(uri) or vim.api.nvim_get_current_buf()
end

-- Shows what a build of a program would do, step by step, below what is wrong with it and left out.
function M.plan(uri, name)
  request('plan', 'envd/plan', buffer_of(uri), function(result)
    local parts = #result.problems > 0 and { table.concat(result.problems, '\n'), '', result.content } or { result.content }
    return table.concat(parts, '\n')
  end, { ['function'] = name })
end

-- Shows which steps would be rebuilt if another state of the project had been built: a revision of git, a directory or
-- a saved plan; the last commit if nothing is said.
function M.plan_diff(against, uri, name)
  request('plan-diff', 'envd/planDiff', buffer_of(uri), function(result)
    return result.content
  end, { against = against, ['function'] = name })
end

-- Runs `envd up` or `envd build` of the real envd in a terminal; ours hands both to it.
function M.build(verb, uri, name)
  local program = buffer_of(uri)
  local client = client_of(program)
  if not client then
    return
  end
  local path = vim.api.nvim_buf_get_name(program)
  -- What is built is what lies on the disk.
  vim.api.nvim_buf_call(program, function() vim.cmd.update() end)
  local words = { client.config.cmd[1], verb, '--path', vim.fs.dirname(path) }
  vim.list_extend(words, { '--from', ('%s:%s'):format(vim.fs.basename(path), name or 'build') })
  vim.cmd.new()
  vim.fn.jobstart(words, { term = true, cwd = vim.fs.dirname(path) })
end

function M.up()
  M.build('up')
end

-- Shows the syntax tree of the current program.
function M.syntax_tree()
  request('syntax-tree', 'envd/syntaxTree', buffer_of(), function(result) return result.tree end)
end

-- Ends the language server and starts it again for all programs that it served.
function M.restart()
  local clients = vim.lsp.get_clients({ name = 'envd' })
  for _, client in ipairs(clients) do
    client:stop()
  end
  local ended = vim.wait(SHUTDOWN_TIMEOUT, function()
    return vim.iter(clients):all(function(client) return client:is_stopped() end)
  end, 10)
  if not ended then
    for _, client in ipairs(clients) do
      client:stop(true)
    end
  end
  vim.lsp.enable('envd', false)
  vim.lsp.enable('envd')
end

return M
