// What package.json declares is there, and what the editor is told of the language does what it should.

'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');

const { registerCommands } = require('../lib/commands');
const { makeVSCode } = require('./stubs');

const root = path.dirname(__dirname);
const read = (file) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
const manifest = read('package.json');
const language = read('language-configuration.json');

test('all files that it names exist', () => {
  const { languages, grammars, snippets } = manifest.contributes;
  const files = [manifest.main, languages[0].configuration, grammars[0].path, snippets[0].path];
  for (const file of files) assert.ok(fs.existsSync(path.join(root, file)), file);
  assert.equal(read(grammars[0].path).scopeName, grammars[0].scopeName);
});

test('the commands that it declares are those that are registered', () => {
  const { vscode, commands } = makeVSCode();
  registerCommands(vscode, {}, { subscriptions: [] });
  assert.deepEqual(manifest.contributes.commands.map((each) => each.command).sort(), [...commands.keys()].sort());
  for (const items of Object.values(manifest.contributes.menus)) {
    for (const item of items) assert.ok(commands.has(item.command), item.command);
  }
});

test('every setting that the code reads is declared', () => {
  const declared = Object.keys(manifest.contributes.configuration.properties);
  assert.deepEqual(declared.sort(), ['envd.path', 'envd.trace.server']);
  for (const key of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations) assert.ok(declared.includes(key));
});

/** As VS Code makes it: a text has no flags. */
const compile = (raw, more = '') =>
  typeof raw === 'string' ? new RegExp(raw, more) : new RegExp(raw.pattern, raw.flags + more);
const matches = (pattern, line) => compile(pattern).test(line);

test('lines after which the next is deeper', () => {
  const { increaseIndentPattern: pattern } = language.indentationRules;
  for (const line of ['def f():', '  if x:  # why', 'else:', 'for a in b:', 'elif (x):', 'while x :', 'def f() -> int:']) {
    assert.ok(matches(pattern, line), line);
  }
  for (const line of ['x = {"a":', 'base(dev=True)', 'define:', '# def f():', 'if x: y', 'def f(', 'x[1:]']) {
    assert.ok(!matches(pattern, line), line);
  }
});

test('lines that are less deep than the one before', () => {
  const { decreaseIndentPattern: pattern } = language.indentationRules;
  for (const line of ['else:', '    elif x:', 'else :  # why']) assert.ok(matches(pattern, line), line);
  for (const line of ['if x:', 'x = a if b else c', 'elsewhere:', 'else']) assert.ok(!matches(pattern, line), line);
});

test('lines that end a block', () => {
  const [{ beforeText: pattern, action }] = language.onEnterRules;
  assert.equal(action.indent, 'outdent');
  for (const line of ['    pass', '  return', '    return x + 1', '    break', '    return f(a)', '    return [1, 2]']) {
    assert.ok(matches(pattern, line), line);
  }
  for (const line of ['    return f(', '    return [', '    return {', '    return x, \\', '    passing', '    returned = 1']) {
    assert.ok(!matches(pattern, line), line);
  }
});

test('words are names and numbers', () => {
  const words = (line) => line.match(compile(language.wordPattern, 'g'));
  assert.deepEqual(words('install.python_packages(name=["größe"], x1=0x1F + 2.5)'), [
    'install', 'python_packages', 'name', 'größe', 'x1', '0x1F', '2.5',
  ]);
});
