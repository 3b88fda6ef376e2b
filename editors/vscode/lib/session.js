// The language server's life in VS Code: it is started, shows how it is, is started again when its settings change, and
// stops. `vscode` and `languageClient` are the modules of those names.

'use strict';

const { registerCommands } = require('./commands');
const { VirtualDocuments } = require('./documents');
const { PlanPage } = require('./page');
const { findServer, serverOptions } = require('./server');
const { Status } = require('./status');

/** What the server is asked about. Virtual documents of our own are for reading only. */
const SELECTOR = [
  { language: 'envd', scheme: 'file' },
  { language: 'envd', scheme: 'untitled' },
];

class Session {
  constructor(vscode, languageClient, context) {
    this.vscode = vscode;
    this.languageClient = languageClient;
    this.client = undefined;
    // The program that the running server is of.
    this.program = undefined;
    // Starts and stops come one after another, however fast they are asked for.
    this.turn = Promise.resolve();
    this.output = vscode.window.createOutputChannel('envd', { log: true });
    this.status = new Status(vscode, SELECTOR);
    this.documents = new VirtualDocuments(vscode, () => this.client);
    this.page = new PlanPage(vscode, () => this.client);
    context.subscriptions.push(this.output, this.status, this.documents, this.page);
    registerCommands(vscode, this, context);
    context.subscriptions.push(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('envd.path')) return this.restart();
        return undefined;
      }),
    );
  }

  /** Starts the server. What goes wrong is shown, and is no error to the caller. */
  start() {
    return this.#inTurn(() => this.#start());
  }

  stop() {
    return this.#inTurn(() => this.#stop());
  }

  restart() {
    return this.#inTurn(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  #inTurn(work) {
    this.turn = this.turn.then(work, work);
    return this.turn;
  }

  async #start() {
    const { vscode } = this;
    const folder = vscode.workspace.workspaceFolders?.find((each) => each.uri.scheme === 'file')?.uri.fsPath;
    this.status.starting();
    let client;
    try {
      const program = await findServer(vscode.workspace.getConfiguration('envd').get('path'), folder);
      client = new this.languageClient.LanguageClient('envd', 'envd', serverOptions(program, folder), {
        documentSelector: SELECTOR,
        outputChannel: this.output,
        synchronize: { configurationSection: 'envd' },
      });
      this.documents.attach(client);
      const running = () => this.status.running(client.initializeResult?.serverInfo, program);
      await client.start();
      this.client = client;
      this.program = program;
      running();
      // The client starts a server anew that has died, and gives up if that happens again and again.
      const { State } = this.languageClient;
      client.onDidChangeState(({ newState }) => {
        if (this.client !== client) return;
        if (newState === State.Running) running();
        else if (newState === State.Starting) this.status.starting();
        else this.status.stopped();
      });
    } catch (error) {
      // Of a client that never ran there is nothing to stop, and it says so.
      await client?.dispose?.().catch(() => {});
      this.status.failed(error.message);
      this.output.error(error.message);
      // Not awaited: somebody may answer much later, or never.
      vscode.window.showErrorMessage(`envd: ${error.message}`, 'Open Settings').then((choice) => {
        if (choice) vscode.commands.executeCommand('workbench.action.openSettings', 'envd.path');
      });
    }
  }

  async #stop() {
    const { client } = this;
    this.client = undefined;
    this.program = undefined;
    if (!client) return;
    try {
      await client.stop();
    } catch (error) {
      // It may be gone already, which is as good.
      this.output.warn(error.message);
    }
    await client.dispose?.();
    this.status.stopped();
  }
}

module.exports = { SELECTOR, Session };
