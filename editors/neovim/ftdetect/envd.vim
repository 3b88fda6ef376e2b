autocmd BufNewFile,BufRead *.envd setfiletype envd
