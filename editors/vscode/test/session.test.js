'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { afterEach, beforeEach, test } = require('node:test');
const { setTimeout: pause } = require('node:timers/promises');

const { REST_MILLISECONDS } = require('../lib/documents');
const { Session } = require('../lib/session');
const { Uri, makeLanguageClient, makeVSCode } = require('./stubs');

const PLAN = { version: 1, content: 'step 1', summary: '1 step', steps: [], problems: [] };

let folder;
let server;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'envd-'));
  server = path.join(folder, 'envd');
  fs.writeFileSync(server, '#!/bin/sh\necho "Language Server Protocol"\n', { mode: 0o755 });
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** A session with stubs, started, and what the stubs have seen. */
async function started(answers, settings = { path: server }) {
  const code = makeVSCode(settings, folder);
  const languageClient = makeLanguageClient(answers);
  const context = { subscriptions: [] };
  const session = new Session(code.vscode, languageClient, context);
  await session.start();
  return { ...code, ...languageClient, context, session };
}

function openProgram({ vscode }) {
  const document = { uri: Uri.from({ scheme: 'file', path: '/w/build.envd' }), languageId: 'envd' };
  vscode.window.activeTextEditor = { document };
  return document;
}

test('it starts the server that the settings name', async () => {
  const { clients, vscode } = await started();
  assert.equal(clients.length, 1);
  const [client] = clients;
  assert.equal(client.id, 'envd', 'the settings of its trace are found by this');
  assert.deepEqual(client.server, { command: server, args: ['lsp', '--stdio'], options: { cwd: folder } });
  assert.deepEqual(
    client.options.documentSelector.map((each) => each.scheme),
    ['file', 'untitled'],
  );
  assert.equal(vscode.status.text, 'envd 1.2.3');
  assert.equal(vscode.status.detail, server);
  assert.equal(vscode.status.busy, false);
});

test('where there is no server, that is said, and all else works', async () => {
  const code = await started({}, { path: '/nowhere/envd' });
  assert.equal(code.clients.length, 0);
  assert.equal(code.vscode.status.severity, code.vscode.LanguageStatusSeverity.Error);
  assert.ok(code.log.some(([kind, text]) => kind === 'message' && text.includes('/nowhere/envd')));
  openProgram(code);
  await code.commands.get('envd.showPlan')();
  assert.match(code.vscode.workspace.textDocuments[0].text, /not running/);
  code.settings.path = server;
  await code.commands.get('envd.restartServer')();
  assert.equal(code.clients.length, 1);
  assert.equal(code.vscode.status.text, 'envd 1.2.3');
});

test('a server that does not start is said to be so', async () => {
  const { clients, log, vscode, session } = await started({ start: new Error('no pipes left') });
  assert.deepEqual(clients[0].calls, ['start', 'dispose']);
  assert.equal(vscode.status.text, 'envd cannot start');
  assert.ok(log.some(([kind, text]) => kind === 'message' && text.includes('no pipes left')));
  await session.stop();
  assert.deepEqual(clients[0].calls, ['start', 'dispose']);
});

test('it starts again when the path changes, and only then', async () => {
  const { clients, configuration } = await started();
  await configuration.fire({ affectsConfiguration: (key) => key === 'envd.trace.server' });
  assert.equal(clients.length, 1);
  await configuration.fire({ affectsConfiguration: (key) => key === 'envd.path' });
  assert.deepEqual(clients[0].calls, ['start', 'stop', 'dispose']);
  assert.deepEqual(clients[1].calls, ['start']);
});

test('starts that are asked for at once come one after another', async () => {
  const { clients, session } = await started();
  await Promise.all([session.restart(), session.restart(), session.restart()]);
  assert.equal(clients.length, 4);
  const calls = clients.map((client) => client.calls.join(' '));
  assert.deepEqual(calls, [...Array(3).fill('start stop dispose'), 'start']);
});

test('a server that cannot be stopped does not keep the next from starting', async () => {
  const { clients, log, session } = await started({ stop: new Error('already gone') });
  await session.restart();
  assert.equal(clients.length, 2);
  assert.ok(log.some(([kind, text]) => kind === 'warn' && text === 'already gone'));
});

test('the status follows a server that dies', async () => {
  const { clients, vscode, session } = await started();
  await clients[0].states.fire({ newState: 1 });
  assert.equal(vscode.status.text, 'envd is not running');
  await clients[0].states.fire({ newState: 2 });
  assert.equal(vscode.status.text, 'envd 1.2.3');
  await session.restart();
  await clients[0].states.fire({ newState: 1 });
  assert.equal(vscode.status.text, 'envd 1.2.3', 'the old client is of no interest');
});

test('the plan is shown beside the program', async () => {
  const code = await started({ 'envd/plan': PLAN });
  openProgram(code);
  await code.commands.get('envd.showPlan')();
  const [document] = code.vscode.workspace.textDocuments;
  assert.equal(document.text, 'step 1');
  assert.equal(document.uri.scheme, 'envd-plan');
  assert.equal(document.uri.path, '/w/build.envd.plan.txt');
  const [kind, uri, options] = code.log.find(([each]) => each === 'shown');
  assert.deepEqual([kind, uri, options.viewColumn], ['shown', document.uri.toString(), -2]);
  const [request] = code.clients[0].calls.slice(1);
  assert.deepEqual(request, ['envd/plan', { textDocument: { uri: 'file:///w/build.envd' } }]);
});

test('above it stands what is wrong with the program', async () => {
  const code = await started({ 'envd/plan': { ...PLAN, problems: ['no file a', 'no file b'] } });
  openProgram(code);
  await code.commands.get('envd.showPlan')();
  assert.equal(code.vscode.workspace.textDocuments[0].text, 'no file a\nno file b\n\nstep 1');
});

test('what would be rebuilt is shown likewise', async () => {
  const code = await started({ 'envd/planDiff': { version: 1, content: 'step 2', summary: '', isEmpty: false } });
  openProgram(code);
  await code.commands.get('envd.showPlanDiff')();
  assert.equal(code.vscode.workspace.textDocuments[0].text, 'step 2');
});

test('a plan that changes without an edit is shown anew', async () => {
  const code = await started({ 'envd/plan': PLAN });
  assert.equal(code.clients[0].capabilities.experimental.planChanged, true);
  openProgram(code);
  await code.commands.get('envd.showPlan')();
  const changed = new Promise((resolve) => code.session.documents.changed.event(resolve));
  code.clients[0].listeners.get('envd/planChanged')({ uri: 'file:///w/build.envd', version: 1, stepCount: 2 });
  assert.equal((await changed).scheme, 'envd-plan');
});

test('the server may offer the commands above a function', async () => {
  const code = await started({ 'envd/plan': PLAN });
  const { commands } = code.clients[0].capabilities.experimental;
  assert.deepEqual(commands.filter((name) => !code.commands.has(name)), []);
  await code.commands.get('envd.showPlan')('file:///w/build.envd', 'packages');
  assert.deepEqual(code.clients[0].calls.at(-1)[1], {
    textDocument: { uri: 'file:///w/build.envd' },
    function: 'packages',
  });
  await code.commands.get('envd.showPlan')('file:///w/build.envd', 'build');
  assert.equal('function' in code.clients[0].calls.at(-1)[1], false);
});

test('a menu hands over the program that it belongs to', async () => {
  const code = await started({ 'envd/plan': PLAN });
  await code.commands.get('envd.showPlan')(Uri.parse('file:///w/build.envd'), { groupId: 0 });
  assert.deepEqual(code.clients[0].calls.at(-1)[1], { textDocument: { uri: 'file:///w/build.envd' } });
});

test('it is built from the disk, without a shell', async () => {
  const code = await started();
  const program = openProgram(code);
  let saved = false;
  code.vscode.workspace.textDocuments.push({ ...program, save: async () => (saved = true) });
  await code.commands.get('envd.up')('file:///w/build.envd', 'build');
  assert.equal(saved, true);
  const [, { execution }] = code.log.find(([kind]) => kind === 'task');
  assert.equal(execution.program, server);
  assert.deepEqual(execution.words, ['up', '--path', '/w', '--from', 'build.envd:build']);
  await code.commands.get('envd.build')('file:///w/build.envd', 'serve');
  const [, task] = code.log.findLast(([kind]) => kind === 'task');
  assert.deepEqual(task.execution.words, ['build', '--path', '/w', '--from', 'build.envd:serve']);
});

test('only a file is built, and only by a program that is known', async () => {
  const code = await started();
  code.vscode.window.activeTextEditor = { document: { uri: Uri.parse('untitled:x'), languageId: 'envd' } };
  await code.commands.get('envd.up')();
  openProgram(code);
  await code.session.stop();
  await code.commands.get('envd.up')();
  assert.equal(code.log.filter(([kind]) => kind === 'task').length, 0);
  assert.equal(code.log.filter(([kind]) => kind === 'message').length, 2);
});

test('the plan is a page, and there is one of it', async () => {
  const code = await started({ 'envd/plan': { ...PLAN, content: '<html>' } });
  openProgram(code);
  await code.commands.get('envd.showPlanPage')();
  await code.commands.get('envd.showPlanPage')();
  const [panel, ...others] = code.vscode.panels;
  assert.deepEqual(others, []);
  assert.equal(panel.webview.html, '<html>');
  assert.equal(panel.title, 'Plan of build.envd');
  const [, params] = code.clients[0].calls.at(-1);
  assert.equal(params.format, 'html');
  panel.dispose();
  await code.commands.get('envd.showPlanPage')();
  assert.equal(code.vscode.panels.length, 2);
});

test('where there is no plan there is no page', async () => {
  const code = await started({ 'envd/plan': new Error('only a file has a plan') });
  await code.commands.get('envd.showPlanPage')();
  openProgram(code);
  await code.commands.get('envd.showPlanPage')();
  await code.session.stop();
  await code.commands.get('envd.showPlanPage')();
  assert.equal(code.vscode.panels.length, 0);
  const messages = code.log.filter(([kind]) => kind === 'message').map(([, text]) => text);
  assert.equal(messages.length, 3);
  assert.match(messages[1], /only a file has a plan/);
});

test('so is the syntax tree', async () => {
  const code = await started({ 'envd/syntaxTree': { version: 1, text: 'x', tree: 'exprStmt' } });
  openProgram(code);
  await code.commands.get('envd.showSyntaxTree')();
  assert.equal(code.vscode.workspace.textDocuments[0].text, 'exprStmt');
});

test('the sources of the API are documents', async () => {
  const code = await started({ 'envd/preludeSource': { text: 'def python(): pass' } });
  assert.equal(code.clients[0].capabilities.experimental.preludeDocuments, true);
  const uri = Uri.from({ scheme: 'envd-prelude', path: '/v1/install.envd' });
  const document = await code.vscode.workspace.openTextDocument(uri);
  assert.equal(document.text, 'def python(): pass');
  const [, params] = code.clients[0].calls.at(-1);
  assert.deepEqual(params, { uri: uri.toString() });
});

test('an error of the server is what is shown', async () => {
  const code = await started({ 'envd/plan': new Error('Unhandled method envd/plan') });
  openProgram(code);
  await code.commands.get('envd.showPlan')();
  assert.equal(code.vscode.workspace.textDocuments[0].text, 'Unhandled method envd/plan\n');
});

test('without a program there is nothing to show', async () => {
  const code = await started();
  for (const editor of [undefined, { document: { languageId: 'python', uri: Uri.parse('file:///x.py') } }]) {
    code.vscode.window.activeTextEditor = editor;
    await code.commands.get('envd.showPlan')();
  }
  assert.equal(code.vscode.workspace.textDocuments.length, 0);
  assert.equal(code.log.filter(([kind]) => kind === 'message').length, 2);
});

test('what is shown follows the program once it rests', async () => {
  const code = await started({ 'envd/plan': PLAN });
  const program = openProgram(code);
  await code.commands.get('envd.showPlan')();
  const changes = [];
  code.session.documents.changed.event((uri) => changes.push(uri.toString()));
  for (let edit = 0; edit < 5; edit += 1) await code.edits.fire({ document: program });
  assert.equal(changes.length, 0);
  const deadline = Date.now() + 20 * REST_MILLISECONDS;
  while (changes.length === 0 && Date.now() < deadline) await pause(10);
  assert.deepEqual(changes, ['envd-plan:///w/build.envd.plan.txt?file:///w/build.envd']);
  await code.edits.fire({ document: { uri: Uri.parse('file:///w/other.envd') } });
  assert.equal(code.session.documents.timers.size, 0, 'of this one nothing is shown');
});

test('nothing is left when the extension goes', async () => {
  const code = await started();
  await code.session.stop();
  assert.deepEqual(code.clients[0].calls, ['start', 'stop', 'dispose']);
  for (const subscription of code.context.subscriptions) subscription.dispose();
  assert.equal(code.commands.size, 0);
  assert.equal(code.providers.size, 0);
  assert.equal(code.configuration.listeners.size, 0);
  assert.equal(code.edits.listeners.size, 0);
  assert.ok(code.log.some(([kind, what]) => kind === 'dispose' && what === 'output'));
});
