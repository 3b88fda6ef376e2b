'use strict';

const assert = require('node:assert/strict');
const childProcess = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { afterEach, beforeEach, test } = require('node:test');

const { NoServer, candidates, expand, findServer, serverOptions, servesEditors } = require('../lib/server');
const { binary } = require('./stubs');

let folder;
const { HOME } = process.env;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'envd-'));
  // What whoever runs the tests has installed is of no interest.
  process.env.HOME = folder;
});
afterEach(() => {
  process.env.HOME = HOME;
  fs.rmSync(folder, { recursive: true });
});

/** A program in a folder of the PATH. */
function program(place, script, mode = 0o755) {
  const file = path.join(folder, place, 'envd');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode });
  return file;
}

const SERVER = 'test "$1 $2" = "lsp --help" && echo "Speaks the Language Server Protocol"';
const UPSTREAM = 'echo "No help topic for lsp"; exit 3';

test('a setting may hold ~ and variables', () => {
  assert.equal(expand('~/bin/envd', undefined), `${os.homedir()}/bin/envd`);
  assert.equal(expand('${workspaceFolder}/envd', '/w'), '/w/envd');
  assert.equal(expand(' envd ', '/w'), 'envd');
  assert.equal(expand('a~b', '/w'), 'a~b');
});

test('a name is looked for on the PATH, a path is itself', () => {
  const environment = { PATH: ['/a', '', '/b'].join(path.delimiter) };
  const local = path.join(os.homedir(), '.local/bin/envd');
  assert.deepEqual(candidates('envd', environment, 'linux'), ['/a/envd', '/b/envd', local]);
  assert.deepEqual(candidates('/x/envd', environment, 'linux'), ['/x/envd']);
  assert.deepEqual(candidates('envd', { Path: '/a' }, 'win32'), ['/a/envd.exe', '/a/envd']);
  assert.deepEqual(candidates('envd', {}, 'linux'), [local]);
});

test('the first program that serves editors is taken', async () => {
  program('upstream', UPSTREAM);
  program('plain', SERVER, 0o644);
  fs.mkdirSync(path.join(folder, 'directory', 'envd'), { recursive: true });
  const server = program('ours', SERVER);
  const PATH = ['missing', 'directory', 'plain', 'upstream', 'ours'].map((each) => path.join(folder, each)).join(':');
  assert.equal(await findServer('envd', undefined, { PATH }), server);
  assert.equal(await findServer('', undefined, { PATH }), server);
  assert.equal(await findServer('${workspaceFolder}/ours/envd', folder, {}), server);
});

test('without one there is an error that names what was found', async () => {
  const upstream = program('upstream', UPSTREAM);
  const PATH = path.join(folder, 'upstream');
  await assert.rejects(findServer('envd', undefined, { PATH }), (error) => {
    assert.ok(error instanceof NoServer);
    assert.ok(error.message.includes(upstream));
    return true;
  });
  await assert.rejects(findServer('nothing', undefined, { PATH }), /no program 'nothing'/);
});

test('a program that says nothing is not waited for', async () => {
  const silent = program('silent', 'exec sleep 60');
  const start = Date.now();
  assert.equal(await servesEditors(silent, 200), false);
  assert.ok(Date.now() - start < 10_000);
});

test('a program that cannot run is none', async () => {
  const file = path.join(folder, 'envd');
  fs.writeFileSync(file, '\x7fELF', { mode: 0o755 });
  assert.equal(await servesEditors(file), false);
});

test('the real envd is passed over for ours', { skip: !(binary && process.env.UPSTREAM_ENVD) }, async () => {
  assert.equal(await servesEditors(process.env.UPSTREAM_ENVD), false);
  assert.equal(await servesEditors(binary), true);
});

/** Reads messages of the protocol from a stream, and hands each to `receive`. */
function readMessages(stream, receive) {
  let bytes = Buffer.alloc(0);
  stream.on('data', (piece) => {
    bytes = Buffer.concat([bytes, piece]);
    while (true) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/.exec(bytes.subarray(0, end).toString())[1]);
      if (bytes.length < end + 4 + length) return;
      const message = JSON.parse(bytes.subarray(end + 4, end + 4 + length).toString());
      bytes = bytes.subarray(end + 4 + length);
      receive(message);
    }
  });
}

test('the real server starts with these options', { skip: !binary, timeout: 30_000 }, async () => {
  const { command, args, options } = serverOptions(await findServer(binary, folder), folder);
  const child = childProcess.spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const waiting = new Map();
  readMessages(child.stdout, (message) => waiting.get(message.id)?.(message));
  const send = (message) => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    child.stdin.write(body);
  };
  const request = (id, method, params) =>
    new Promise((resolve) => {
      waiting.set(id, resolve);
      send({ id, method, params });
    });
  const { result } = await request(1, 'initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  assert.equal(result.serverInfo.name, 'envd');
  assert.ok(result.capabilities.documentFormattingProvider);
  send({ method: 'initialized', params: {} });
  const uri = `file://${folder}/build.envd`;
  const textDocument = { uri, languageId: 'envd', version: 1, text: 'def build():\n    base()\n' };
  send({ method: 'textDocument/didOpen', params: { textDocument } });
  const tree = await request(2, 'envd/syntaxTree', { textDocument: { uri } });
  assert.match(tree.result.tree, /defStmt/);
  // The other requests of this extension, and what it reads of their answers.
  const plan = await request(3, 'envd/plan', { textDocument: { uri } });
  assert.deepEqual(plan.result.problems, []);
  assert.match(plan.result.content, /ubuntu/);
  const page = await request(4, 'envd/plan', { textDocument: { uri }, format: 'html' });
  assert.match(page.result.content, /^<!doctype html>/i);
  const source = await request(5, 'envd/preludeSource', { uri: 'envd-prelude:/v1/install.envd' });
  assert.match(source.result.text, /^def python\(/m);
  assert.equal((await request(6, 'shutdown')).result, null);
  send({ method: 'exit' });
  assert.equal(await ended, 0);
});
