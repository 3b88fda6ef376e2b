// As much of VS Code and of its language client as the extension uses. They record what is asked of them.

'use strict';

const path = require('node:path');

class Uri {
  constructor(parts) {
    Object.assign(this, { scheme: '', path: '', query: '', fragment: '' }, parts);
  }

  static from(parts) {
    return new Uri(parts);
  }

  static parse(text) {
    const [, scheme, rest] = /^([\w-]*):?(?:\/\/)?(.*)$/.exec(text);
    return new Uri({ scheme, path: rest });
  }

  get fsPath() {
    return this.path;
  }

  toString() {
    return `${this.scheme}://${this.path}${this.query && `?${this.query}`}${this.fragment && `#${this.fragment}`}`;
  }
}

class EventEmitter {
  constructor() {
    this.listeners = new Set();
    this.event = (listener) => {
      this.listeners.add(listener);
      return { dispose: () => this.listeners.delete(listener) };
    };
  }

  fire(value) {
    return Promise.all([...this.listeners].map((listener) => listener(value)));
  }

  dispose() {
    this.listeners.clear();
  }
}

/** A stub of the module `vscode`; `settings` are those of the section `envd`. */
function makeVSCode(settings = {}, folder = undefined) {
  const configuration = new EventEmitter();
  const edits = new EventEmitter();
  const log = [];
  const providers = new Map();
  const commands = new Map();
  const vscode = {
    Uri,
    EventEmitter,
    ViewColumn: { Beside: -2 },
    panels: [],
    LanguageStatusSeverity: { Information: 0, Warning: 1, Error: 2 },
    window: {
      activeTextEditor: undefined,
      createOutputChannel: (name) => ({
        name,
        error: (text) => log.push(['error', text]),
        warn: (text) => log.push(['warn', text]),
        show: () => log.push(['show']),
        dispose: () => log.push(['dispose', 'output']),
      }),
      showErrorMessage: async (text) => void log.push(['message', text]),
      showInformationMessage: async (text) => void log.push(['message', text]),
      createWebviewPanel: (kind, title, place, options) => {
        const gone = new EventEmitter();
        const panel = { title, place, options, webview: {}, onDidDispose: gone.event, dispose: () => gone.fire() };
        panel.reveal = () => log.push(['revealed', panel.title]);
        vscode.panels.push(panel);
        return panel;
      },
      showTextDocument: async (document, options) => void log.push(['shown', document.uri.toString(), options]),
    },
    languages: {
      createLanguageStatusItem: (id, selector) => (vscode.status = { id, selector, dispose: () => log.push(['dispose', id]) }),
    },
    ProcessExecution: class {
      constructor(program, words, options) {
        Object.assign(this, { program, words, options });
      }
    },
    Task: class {
      constructor(definition, scope, name, source, execution) {
        Object.assign(this, { definition, scope, name, source, execution });
      }
    },
    TaskScope: { Workspace: 2 },
    tasks: { executeTask: async (task) => void log.push(['task', task]) },
    commands: {
      registerCommand: (name, run) => {
        commands.set(name, run);
        return { dispose: () => commands.delete(name) };
      },
      executeCommand: async (...words) => void log.push(['command', ...words]),
    },
    workspace: {
      workspaceFolders: folder && [{ uri: Uri.from({ scheme: 'file', path: folder }) }],
      textDocuments: [],
      getWorkspaceFolder: () => undefined,
      getConfiguration: (section) => ({ get: (key) => (section === 'envd' ? settings[key] : undefined) }),
      onDidChangeConfiguration: configuration.event,
      onDidChangeTextDocument: edits.event,
      registerTextDocumentContentProvider: (scheme, provider) => {
        providers.set(scheme, provider);
        return { dispose: () => providers.delete(scheme) };
      },
      openTextDocument: async (uri) => {
        const text = await providers.get(uri.scheme).provideTextDocumentContent(uri);
        const document = { uri, text };
        vscode.workspace.textDocuments.push(document);
        return document;
      },
    },
  };
  return { vscode, log, commands, providers, configuration, edits, settings };
}

/** A stub of the module `vscode-languageclient/node`, whose clients answer what `answers` has for a method. */
function makeLanguageClient(answers = {}) {
  const clients = [];
  class LanguageClient {
    constructor(id, name, server, options) {
      Object.assign(this, { id, name, server, options, calls: [], listeners: new Map(), states: new EventEmitter() });
      this.onDidChangeState = this.states.event;
      clients.push(this);
    }

    async start() {
      this.calls.push('start');
      if (answers.start) throw answers.start;
      this.initializeResult = { serverInfo: { name: 'envd', version: '1.2.3' } };
    }

    async stop() {
      this.calls.push('stop');
      if (answers.stop) throw answers.stop;
    }

    async dispose() {
      this.calls.push('dispose');
    }

    registerFeature(feature) {
      feature.fillClientCapabilities((this.capabilities ??= {}));
    }

    get protocol2CodeConverter() {
      return { asUri: (text) => Uri.parse(text) };
    }

    onNotification(method, listener) {
      this.listeners.set(method, listener);
    }

    async sendRequest(method, params) {
      this.calls.push([method, params]);
      const answer = answers[method];
      if (answer instanceof Error) throw answer;
      return typeof answer === 'function' ? answer() : answer;
    }
  }
  return { LanguageClient, State: { Stopped: 1, Running: 2, Starting: 3 }, clients };
}

/** The binary under test; undefined if none is named. */
const binary = process.env.ENVD && path.resolve(process.env.ENVD);

module.exports = { Uri, binary, makeLanguageClient, makeVSCode };
