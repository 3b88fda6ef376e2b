// The plan as a page: the graph and the source beside each other, as `envd plan --format html` makes it.

'use strict';

class PlanPage {
  /** @param {() => object | undefined} client what answers now, if anything does. */
  constructor(vscode, client) {
    this.vscode = vscode;
    this.client = client;
    this.panel = undefined;
  }

  /** Shows the page of the program in the active editor; there is one panel, for the latest. */
  async show() {
    const { window, ViewColumn } = this.vscode;
    const program = window.activeTextEditor?.document;
    const client = this.client();
    if (program?.languageId !== 'envd' || !client) {
      window.showInformationMessage(client ? 'envd: open a program of envd first.' : 'envd: the language server is not running.');
      return;
    }
    let page;
    try {
      const about = { textDocument: { uri: program.uri.toString() }, format: 'html' };
      page = (await client.sendRequest('envd/plan', about)).content;
    } catch (error) {
      window.showErrorMessage(`envd: ${error.message}`);
      return;
    }
    if (!this.panel) {
      // The page is whole in itself: its script lights up what belongs together, and nothing is loaded.
      const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
      this.panel = window.createWebviewPanel('envd.plan', 'Plan', place, { enableScripts: true, localResourceRoots: [] });
      this.panel.onDidDispose(() => (this.panel = undefined));
    }
    this.panel.title = `Plan of ${program.uri.path.split('/').at(-1)}`;
    this.panel.webview.html = page;
    this.panel.reveal(undefined, true);
  }

  dispose() {
    this.panel?.dispose();
  }
}

module.exports = { PlanPage };
