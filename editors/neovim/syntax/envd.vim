" Syntax of programs of envd, for Vim and Neovim. With a language server that tells what names mean, its colours lie above
" these. Grammar/README.md says what the language is.

if exists('b:current_syntax')
  finish
endif

syntax case match
" A string of several lines may begin far above what is shown.
syntax sync minlines=300

" A name is a letter or _, then letters, _ and ASCII digits; it comes first, for what stands below wins.
syntax match envdName /[[:alpha:]_\u00aa-\uffff][[:alnum:]_\u00aa-\uffff]*/ display transparent contains=NONE

syntax keyword envdStatement break continue pass return
syntax keyword envdConditional elif else if
syntax keyword envdRepeat for while
syntax keyword envdOperator and in not or
syntax keyword envdLambda lambda
syntax keyword envdInclude load
syntax keyword envdDefinition def nextgroup=envdFunction skipwhite
syntax match envdFunction /[[:alpha:]_\u00aa-\uffff][[:alnum:]_\u00aa-\uffff]*\ze\s*(/ contained display
syntax keyword envdConstant False None True
" Words of Python that Starlark reserves: wrong wherever they stand.
syntax keyword envdForeign as async await class del except finally from global import is nonlocal raise try with yield

syntax keyword envdBuiltin abs all any bool bytes chr dict dir enumerate fail float getattr hasattr hash int len list max
syntax keyword envdBuiltin min ord print range repr reversed set sorted str tuple type zip
syntax keyword envdApi base git_config include run shell
syntax match envdModule /\.\@1<!\<\%(config\|data\|install\|io\|runtime\)\ze\s*\./ display
" What follows a dot is a member, whatever it is called.
syntax match envdMember /\.\s*\zs\h\w*/ display transparent contains=NONE
" So is the name of an argument.
syntax match envdArgument /\<\h\w*\ze\s*==\@!/ display transparent contains=NONE

syntax match envdNumber /\<\d\+\>/ display
syntax match envdNumber /\<0[xX]\x\+\>/ display
syntax match envdNumber /\<0[oO]\o\+\>/ display
syntax match envdNumber /\<0[bB][01]\+\>/ display
syntax match envdFloat /\<\d\+\.\d*\%([eE][+-]\=\d\+\)\=/ display
syntax match envdFloat /\%(\w\|\.\)\@1<!\.\d\+\%([eE][+-]\=\d\+\)\=/ display
syntax match envdFloat /\<\d\+[eE][+-]\=\d\+\>/ display

syntax match envdEscapeError /\\./ contained display
syntax match envdEscape /\\[abfnrtv\\'"]\|\\\o\{1,3}\|\\x\x\{2}\|\\u\x\{4}\|\\U\x\{8}\|\\$/ contained display
syntax match envdPlaceholder /%\%(([^()]*)\)\=[%srdioxXeEfFgGc]/ contained display
syntax match envdPlaceholder /{{\|}}\|\$\@1<!{\w*\%(![rs]\)\=}/ contained display
" A backslash of a raw string keeps a quote from ending it.
syntax match envdRawEscape /\\./ contained display transparent contains=NONE

syntax cluster envdInString contains=envdEscape,envdEscapeError,envdPlaceholder
syntax region envdString start=/"/ skip=/\\\\\|\\"\|\\\n/ end=/"\|$/ contains=@envdInString keepend
syntax region envdString start=/'/ skip=/\\\\\|\\'\|\\\n/ end=/'\|$/ contains=@envdInString keepend
syntax region envdString start=/"""/ skip=/\\\\\|\\"/ end=/"""/ contains=@envdInString keepend
syntax region envdString start=/'''/ skip=/\\\\\|\\'/ end=/'''/ contains=@envdInString keepend
syntax region envdBytes start=/\<b"/ skip=/\\\\\|\\"\|\\\n/ end=/"\|$/ contains=envdEscape,envdEscapeError keepend
syntax region envdBytes start=/\<b'/ skip=/\\\\\|\\'\|\\\n/ end=/'\|$/ contains=envdEscape,envdEscapeError keepend
syntax region envdBytes start=/\<b"""/ skip=/\\\\\|\\"/ end=/"""/ contains=envdEscape,envdEscapeError keepend
syntax region envdBytes start=/\<b'''/ skip=/\\\\\|\\'/ end=/'''/ contains=envdEscape,envdEscapeError keepend
syntax region envdRawString start=/\<rb\="/ skip=/\\\\\|\\"\|\\\n/ end=/"\|$/ contains=envdPlaceholder,envdRawEscape keepend
syntax region envdRawString start=/\<rb\='/ skip=/\\\\\|\\'\|\\\n/ end=/'\|$/ contains=envdPlaceholder,envdRawEscape keepend
syntax region envdRawString start=/\<rb\="""/ skip=/\\\\\|\\"/ end=/"""/ contains=envdPlaceholder,envdRawEscape keepend
syntax region envdRawString start=/\<rb\='''/ skip=/\\\\\|\\'/ end=/'''/ contains=envdPlaceholder,envdRawEscape keepend

syntax keyword envdTodo BUG FIXME HACK NOTE TODO XXX contained
" What a comment says to tools.
syntax match envdDirective /#\s*\zs\%(type:\|fmt:\s\=\%(off\|on\|skip\)\|syntax=v1\)/ contained display
syntax match envdDirective /#\s*\zsenvd:\s*ignore\%(-file\)\=\>\%(\s*\[[^\]]*\]\)\=/ contained display
syntax match envdComment /#.*$/ contains=envdTodo,envdDirective,@Spell

highlight default link envdStatement Statement
highlight default link envdConditional Conditional
highlight default link envdRepeat Repeat
highlight default link envdOperator Operator
highlight default link envdLambda Statement
highlight default link envdInclude Include
highlight default link envdDefinition Keyword
highlight default link envdFunction Function
highlight default link envdConstant Constant
highlight default link envdForeign Error
highlight default link envdBuiltin Function
highlight default link envdApi Function
highlight default link envdModule Identifier
highlight default link envdNumber Number
highlight default link envdFloat Float
highlight default link envdString String
highlight default link envdBytes String
highlight default link envdRawString String
highlight default link envdEscape SpecialChar
highlight default link envdEscapeError Error
highlight default link envdPlaceholder Special
highlight default link envdComment Comment
highlight default link envdDirective PreProc
highlight default link envdTodo Todo

let b:current_syntax = 'envd'
