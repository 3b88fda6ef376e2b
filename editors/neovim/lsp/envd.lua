-- The language server; `vim.lsp.enable('envd')` starts it for programs of envd. Another place of the program, and other
-- settings, go into `vim.lsp.config('envd', { cmd = { '/path/to/envd', 'lsp' } })`.
return {
  cmd = { 'envd', 'lsp' },
  filetypes = { 'envd' },
  root_markers = { 'envd.toml', 'pyproject.toml', '.git' },
}
