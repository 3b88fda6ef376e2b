// Says in the status of the language, beside the name of the language in the status bar, how the server is.

'use strict';

class Status {
  constructor(vscode, selector) {
    this.vscode = vscode;
    this.item = vscode.languages.createLanguageStatusItem('envd.server', selector);
    this.item.name = 'envd';
    this.item.command = { command: 'envd.showOutput', title: 'Show Output' };
    this.stopped();
  }

  starting() {
    this.#show('envd is starting', '', 'Information', true);
  }

  running(server, program) {
    this.#show([server?.name ?? 'envd', server?.version].filter(Boolean).join(' '), program, 'Information', false);
  }

  stopped() {
    this.#show('envd is not running', '', 'Warning', false);
  }

  failed(message) {
    this.#show('envd cannot start', message, 'Error', false);
  }

  #show(text, detail, severity, busy) {
    this.item.text = text;
    this.item.detail = detail;
    this.item.severity = this.vscode.LanguageStatusSeverity[severity];
    this.item.busy = busy;
  }

  dispose() {
    this.item.dispose();
  }
}

module.exports = { Status };
