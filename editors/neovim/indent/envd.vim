" The language is indented as Python is.

if exists('b:did_indent')
  finish
endif

runtime! indent/python.vim
