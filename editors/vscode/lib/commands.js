// The commands of the palette, and of what the server shows above functions.

'use strict';

const { build } = require('./build');

/** The program's URI and the function. The server gives texts, a menu the URI itself and something else, the palette nothing. */
function about([program, name]) {
  return [program?.toString(), typeof name === 'string' ? name : undefined];
}

/** Registers the commands that package.json declares. */
function registerCommands(vscode, session, context) {
  const commands = {
    'envd.showPlan': (...words) => session.documents.show('envd-plan', ...about(words)),
    'envd.showPlanDiff': (...words) => session.documents.show('envd-plan-diff', ...about(words)),
    'envd.up': (...words) => build(vscode, session.program, 'up', ...about(words)),
    'envd.build': (...words) => build(vscode, session.program, 'build', ...about(words)),
    'envd.showPlanPage': () => session.page.show(),
    'envd.showSyntaxTree': () => session.documents.show('envd-syntax-tree'),
    'envd.restartServer': () => session.restart(),
    'envd.showOutput': () => session.output.show(true),
  };
  for (const [name, run] of Object.entries(commands)) {
    context.subscriptions.push(vscode.commands.registerCommand(name, run));
  }
}

module.exports = { registerCommands };
