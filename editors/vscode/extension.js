// What VS Code loads. All there is to know of VS Code and of the client comes in here and is handed on, so that the
// modules in lib/ can be tested without either.

'use strict';

const { Session } = require('./lib/session');

let session;

async function activate(context) {
  session = new Session(require('vscode'), require('vscode-languageclient/node'), context);
  await session.start();
}

async function deactivate() {
  await session?.stop();
  session = undefined;
}

module.exports = { activate, deactivate };
