" Settings of buffers with programs of envd; for Vim and Neovim.

if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal comments=b:#
setlocal commentstring=#\ %s
setlocal formatoptions-=t
setlocal formatoptions+=croql
setlocal expandtab shiftwidth=4 softtabstop=4 tabstop=8
" So that gf opens what load("file.envd", ...) names.
setlocal suffixesadd=.envd
setlocal include=^\s*load(\s*["']\zs[^"']\+
setlocal define=^\s*def

let b:undo_ftplugin = 'setlocal comments< commentstring< formatoptions<'
      \ . ' expandtab< shiftwidth< softtabstop< tabstop< suffixesadd< include< define<'
