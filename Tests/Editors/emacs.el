;;; emacs.el --- Does what a test asks, form by form  -*- lexical-binding: t; -*-

;; Each line of standard input is a form. Its value is printed as a line of JSON, with the key `value', or `error' if it failed.

(require 'json)
(unless (require 'eglot nil t)
  ;; Debian's package of Eglot for Emacs 28.
  (package-initialize)
  (require 'eglot))
(require 'envd-mode)

(setq make-backup-files nil
      auto-save-default nil
      create-lockfiles nil
      eglot-sync-connect 10
      eglot-confirm-server-initiated-edits nil
      ;; Nobody is there to be asked.
      enable-local-variables nil
      flymake-no-changes-timeout 0.01
      eglot-send-changes-idle-time 0)

(defconst test-patience 20 "No step of a test takes longer, in seconds.")

(defun test-wait (condition)
  "The value of the function CONDITION once it is not nil, which what processes say may make it."
  (let ((end (time-add nil test-patience))
        value)
    (while (and (not (setq value (funcall condition))) (time-less-p nil end))
      (accept-process-output nil 0.01)
      ;; Batch mode never idles, and idle timers are what Eglot and Flymake work by.
      (mapc #'timer-event-handler (copy-sequence timer-idle-list)))
    (or value (error "Waited in vain: %S" condition))))

(defun test-open (file)
  "Open FILE and connect to the server."
  (find-file file)
  (let ((inhibit-message t)) (apply #'eglot--connect (eglot--guess-contact)))
  (test-wait #'eglot-current-server)
  t)

(defun test-buffer () (buffer-substring-no-properties (point-min) (point-max)))

(defun test-goto (text)
  "Move to the beginning of the first TEXT."
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun test-diagnostics ()
  "What Flymake shows: line, text and kind of each."
  (mapcar (lambda (each)
            (vector (line-number-at-pos (flymake-diagnostic-beg each)) (flymake-diagnostic-text each)
                    (buffer-substring-no-properties (flymake-diagnostic-beg each) (flymake-diagnostic-end each))))
          (flymake-diagnostics)))

(defun test-json (value)
  "A line of JSON for VALUE: what JSON cannot hold is `true'."
  (let ((plain (cond ((null value) :json-null)
                     ((listp value) (vconcat value))
                     ((or (stringp value) (numberp value) (vectorp value)) value)
                     (t t))))
    (or (ignore-errors (json-serialize (list :value plain) :null-object :json-null)) "{\"value\": true}")))

(defun test-main ()
  (let (line)
    (while (setq line (ignore-errors (read-from-minibuffer "")))
      (princ (concat (condition-case problem (test-json (eval (car (read-from-string line)) t))
                       (error (json-serialize (list :error (error-message-string problem)))))
                     "\n")))))

(test-main)
;;; emacs.el ends here
