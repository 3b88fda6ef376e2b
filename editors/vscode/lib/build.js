// Builds with the real envd: the program of the server hands what is none of its own subcommands to it.

'use strict';

const path = require('node:path');

/**
 * Runs `envd up` or `envd build` for a program, where its output can be seen and answered.
 *
 * @param {string} envd the program that is run; it needs no shell, and so no quoting.
 * @param {string} verb `up` or `build`.
 * @param {string} [program] the program's URI; that in the active editor if there is none.
 * @param {string} [name] a function of it; `build` if there is none.
 */
async function build(vscode, envd, verb, program, name = 'build') {
  const { window, workspace, tasks } = vscode;
  const active = window.activeTextEditor?.document;
  const uri = program !== undefined ? vscode.Uri.parse(program) : active?.languageId === 'envd' ? active.uri : undefined;
  if (uri?.scheme !== 'file' || !envd) {
    window.showInformationMessage(envd ? 'envd: only a file can be built.' : 'envd: the language server is not running.');
    return;
  }
  // What is built is what lies on the disk.
  await workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())?.save();
  const folder = path.dirname(uri.fsPath);
  const words = [verb, '--path', folder, '--from', `${path.basename(uri.fsPath)}:${name}`];
  const execution = new vscode.ProcessExecution(envd, words, { cwd: folder });
  const scope = workspace.getWorkspaceFolder(uri) ?? vscode.TaskScope.Workspace;
  const task = new vscode.Task({ type: 'process' }, scope, `${verb} ${path.basename(folder)}`, 'envd', execution, []);
  await tasks.executeTask(task);
}

module.exports = { build };
