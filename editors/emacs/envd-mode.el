;;; envd-mode.el --- Programs of envd, with its language server  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages

;;; Commentary:

;; A major mode for `build.envd' and other programs of envd, a dialect of Starlark.  It colours and indents them, and tells
;; Eglot how the language server is started: `M-x eglot' in a program, or
;;
;;     (add-hook 'envd-mode-hook #'eglot-ensure)
;;
;; The language looks like Python, so that indentation and the syntax of strings are those of python.el.  The mode is
;; not derived from `python-mode', since what people hang on its hook is meant for Python.

;;; Code:

(require 'python)

(defgroup envd nil
  "Programs of envd."
  :group 'languages
  :prefix "envd-")

(defcustom envd-program "envd"
  "The program of envd-tools: a name on `exec-path', or a file.
Upstream's envd has the same name and is no language server."
  :type 'string)

;;;; Colours

(defconst envd--keywords
  '("and" "break" "continue" "def" "elif" "else" "for" "if" "in" "lambda" "load" "not" "or" "pass" "return" "while"))

(defconst envd--foreign-keywords
  '("as" "async" "await" "class" "del" "except" "finally" "from" "global" "import" "is" "nonlocal" "raise" "try" "with"
    "yield")
  "Words of Python that Starlark reserves: wrong wherever they stand.")

(defconst envd--functions
  '("abs" "all" "any" "bool" "bytes" "chr" "dict" "dir" "enumerate" "fail" "float" "getattr" "hasattr" "hash" "int" "len"
    "list" "max" "min" "ord" "print" "range" "repr" "reversed" "set" "sorted" "str" "tuple" "type" "zip"
    "base" "git_config" "include" "run" "shell")
  "Functions of the language and of the API.")

(defconst envd--modules '("config" "data" "install" "io" "runtime"))

(defvar envd-font-lock-keywords
  `((,(regexp-opt envd--keywords 'symbols) . font-lock-keyword-face)
    (,(regexp-opt envd--foreign-keywords 'symbols) . font-lock-warning-face)
    (,(regexp-opt '("False" "None" "True") 'symbols) . font-lock-constant-face)
    ("\\_<\\(rb\\|[rb]\\)[\"']" 1 font-lock-string-face)
    ("\\_<def\\s-+\\(\\(?:\\sw\\|\\s_\\)+\\)" 1 font-lock-function-name-face)
    ;; What follows a dot is a member, whatever it is called; so is the name of an argument.
    (,(concat "\\(?:^\\|[^.]\\)" (regexp-opt envd--functions 'symbols) "\\s-*(") 1 font-lock-builtin-face)
    (,(concat "\\(?:^\\|[^.]\\)" (regexp-opt envd--modules 'symbols) "\\s-*\\.") 1 font-lock-type-face)
    ("[(,]\\s-*\\(\\(?:\\sw\\|\\s_\\)+\\)\\s-*=\\(?:[^=]\\|$\\)" 1 font-lock-variable-name-face)
    ("^\\s-*\\(\\(?:\\sw\\|\\s_\\)+\\)\\s-*=\\(?:[^=]\\|$\\)" 1 font-lock-variable-name-face)))

;;;; The mode

;;;###autoload
(define-derived-mode envd-mode prog-mode "envd"
  "Major mode for programs of envd."
  :syntax-table python-mode-syntax-table
  (setq-local comment-start "# ")
  (setq-local comment-start-skip "#+\\s-*")
  (setq-local parse-sexp-lookup-properties t)
  (setq-local parse-sexp-ignore-comments t)
  (setq-local syntax-propertize-function python-syntax-propertize-function)
  (setq-local font-lock-defaults '(envd-font-lock-keywords nil nil nil nil))
  (setq-local indent-tabs-mode nil)
  (setq-local tab-width 4)
  ;; Programs are formatted with four columns; a guess would take them from an unfinished file.
  (setq-local python-indent-guess-indent-offset nil)
  (setq-local python-indent-offset 4)
  (setq-local indent-line-function #'python-indent-line-function)
  (setq-local indent-region-function #'python-indent-region)
  ;; A line break says nothing of how deep the line before it should have been.
  (setq-local electric-indent-inhibit t)
  (setq-local electric-indent-chars (cons ?: electric-indent-chars))
  (setq-local add-log-current-defun-function #'python-info-current-defun)
  (setq-local beginning-of-defun-function #'python-nav-beginning-of-defun)
  (setq-local end-of-defun-function #'python-nav-end-of-defun)
  (setq-local imenu-generic-expression '((nil "^def\\s-+\\(\\(?:\\sw\\|\\s_\\)+\\)" 1))))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.envd\\'" . envd-mode))

;;;; The language server

(defvar eglot-server-programs)
(declare-function eglot-current-server "eglot")
(declare-function eglot-reconnect "eglot")
(declare-function eglot--TextDocumentIdentifier "eglot")
(declare-function eglot--signal-textDocument/didChange "eglot")
(declare-function jsonrpc-request "jsonrpc")

(defun envd--contact (&rest _)
  "How Eglot starts the language server."
  (list envd-program "lsp"))

(put 'envd-mode 'eglot-language-id "envd")
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(envd-mode . envd--contact)))

(defun envd--server ()
  "The server of this buffer, or an error for people."
  (or (and (fboundp 'eglot-current-server) (eglot-current-server))
      (user-error "The language server is not running; M-x eglot starts it")))

(defun envd--request (method &rest more)
  "What the server answers to METHOD about this buffer.
MORE goes into the parameters."
  (let ((server (envd--server)))
    ;; Eglot sends edits when nobody types for a while, and the answer shall be about what is seen.
    (eglot--signal-textDocument/didChange)
    (jsonrpc-request server method `(:textDocument ,(eglot--TextDocumentIdentifier) ,@more))))

(defun envd--show (kind text)
  "Show TEXT in the buffer for KIND, in another window."
  (let ((buffer (get-buffer-create (format "*envd %s: %s*" kind (buffer-name)))))
    (with-current-buffer buffer
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert text)
        (goto-char (point-min)))
      (special-mode))
    (display-buffer buffer)
    buffer))

(defun envd-plan ()
  "Show what a build of this program would do, step by step.
Above that stands what is wrong with it and left out."
  (interactive)
  (let ((result (envd--request :envd/plan)))
    (envd--show "plan" (mapconcat #'identity (append (plist-get result :problems) (list (plist-get result :content))) "\n"))))

(defun envd-plan-diff (against)
  "Show which steps would be rebuilt if AGAINST had been built.
That is a revision of git, a directory or a saved plan; the last
commit, unless a prefix argument lets you say."
  (interactive (list (if current-prefix-arg (read-string "Against: " "HEAD") "HEAD")))
  (let ((result (envd--request :envd/planDiff :against against)))
    (envd--show "plan diff" (plist-get result :content))))

(defun envd-syntax-tree ()
  "Show the syntax tree of this program."
  (interactive)
  (let ((result (envd--request :envd/syntaxTree)))
    (envd--show "syntax tree" (plist-get result :tree))))

(defun envd--build (verb)
  "Run `envd' VERB for this program, in a buffer that shows what it says."
  (unless buffer-file-name (user-error "Only a file can be built"))
  (save-buffer)
  (compile (mapconcat #'shell-quote-argument
                      (list envd-program verb "--path" (expand-file-name default-directory)
                            "--from" (concat (file-name-nondirectory buffer-file-name) ":build"))
                      " ")
           t))

(defun envd-up ()
  "Start the environment of this program with the real envd."
  (interactive)
  (envd--build "up"))

(defun envd-build ()
  "Build the image of this program with the real envd."
  (interactive)
  (envd--build "build"))

(defun envd-restart ()
  "Start the language server again."
  (interactive)
  (eglot-reconnect (envd--server) t))

(provide 'envd-mode)
;;; envd-mode.el ends here
