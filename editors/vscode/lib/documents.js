// Documents that the server writes: the plan and the syntax tree of a program, and the sources of the API. The first two
// are shown beside the program and follow it as it changes.

'use strict';

/** How long a program has to rest before what is shown of it is asked for again, in milliseconds. */
const REST_MILLISECONDS = 300;

/**
 * Kinds of documents about a program, by the schemes of their URIs. The program's own URI is the query, and the fragment a
 * function if it is not `build`.
 */
const VIEWS = {
  'envd-plan': { request: 'envd/plan', ending: '.plan.txt', text: planText },
  'envd-plan-diff': { request: 'envd/planDiff', ending: '.diff.txt', text: (result) => result.content },
  'envd-syntax-tree': { request: 'envd/syntaxTree', ending: '.tree.txt', text: (result) => result.tree },
};

/** The scheme of the API's sources, which the server leads to from what a program calls. */
const PRELUDE = 'envd-prelude';

/** The commands that the server may offer above a function; it hands them the program's URI and the function. */
const COMMANDS = ['envd.showPlan', 'envd.showPlanDiff', 'envd.up', 'envd.build'];

/** Tells the server what this client has: documents of that scheme, so that no files are written for them, and the commands. */
const feature = {
  fillClientCapabilities(capabilities) {
    const ours = { commands: COMMANDS, planChanged: true, preludeDocuments: true };
    capabilities.experimental = { ...capabilities.experimental, ...ours };
  },
  initialize() {},
  getState: () => ({ kind: 'static' }),
  // The one or the other is called at the end, as versions of the client differ.
  clear() {},
  dispose() {},
};

/** A plan, and above it what is wrong with the program and left out. */
function planText({ content, problems }) {
  return problems.length === 0 ? content : `${problems.join('\n')}\n\n${content}`;
}

class VirtualDocuments {
  /** @param {() => object | undefined} client what answers now, if anything does. */
  constructor(vscode, client) {
    this.vscode = vscode;
    this.client = client;
    this.changed = new vscode.EventEmitter();
    this.timers = new Map();
    const provider = {
      onDidChange: this.changed.event,
      provideTextDocumentContent: (uri, token) => this.content(uri, token),
    };
    this.subscriptions = [
      this.changed,
      ...[...Object.keys(VIEWS), PRELUDE].map((scheme) => vscode.workspace.registerTextDocumentContentProvider(scheme, provider)),
      vscode.workspace.onDidChangeTextDocument((event) => this.follow(event.document.uri)),
    ];
  }

  /** The document of a scheme for a program, or for a function of it. */
  uri(scheme, program, name = 'build') {
    const parts = { scheme, path: program.path + VIEWS[scheme].ending, query: program.toString() };
    return this.vscode.Uri.from({ ...parts, fragment: name === 'build' ? '' : name });
  }

  /**
   * Shows a document beside the program.
   *
   * @param {string} [program] the program's URI; that in the active editor if there is none.
   * @param {string} [name] a function of it; `build` if there is none.
   */
  async show(scheme, program, name) {
    const { window, workspace, ViewColumn, Uri } = this.vscode;
    const active = window.activeTextEditor?.document;
    if (program === undefined && active?.languageId !== 'envd') {
      window.showInformationMessage('envd: open a program of envd first.');
      return;
    }
    const uri = this.uri(scheme, program === undefined ? active.uri : Uri.parse(program), name);
    this.changed.fire(uri);
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: false });
  }

  /** What a document holds. What goes wrong is its text, since there is nothing else to show. */
  async content(uri, token) {
    const client = this.client();
    if (!client) return 'The language server is not running.\n';
    try {
      if (uri.scheme === PRELUDE) {
        return (await client.sendRequest('envd/preludeSource', { uri: uri.toString() }, token)).text;
      }
      const view = VIEWS[uri.scheme];
      const about = { textDocument: { uri: uri.query }, ...(uri.fragment && { function: uri.fragment }) };
      return view.text(await client.sendRequest(view.request, about, token));
    } catch (error) {
      return `${error.message}\n`;
    }
  }

  /** Asks anew for what is shown of a program, once it has rested. */
  follow(program) {
    const key = program.toString();
    const shown = this.vscode.workspace.textDocuments.filter(
      (document) => VIEWS[document.uri.scheme] && document.uri.query === key,
    );
    if (shown.length === 0) return;
    clearTimeout(this.timers.get(key));
    const refresh = () => {
      this.timers.delete(key);
      for (const document of shown) this.changed.fire(document.uri);
    };
    this.timers.set(key, setTimeout(refresh, REST_MILLISECONDS));
  }

  /** Makes a new client, before it starts, ready for these documents. */
  attach(client) {
    client.registerFeature(feature);
    // A plan may change without an edit of its program, as when a file that it copies does.
    client.onNotification('envd/planChanged', ({ uri }) => this.follow(client.protocol2CodeConverter.asUri(uri)));
  }

  dispose() {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

module.exports = { COMMANDS, PRELUDE, REST_MILLISECONDS, VIEWS, VirtualDocuments };
