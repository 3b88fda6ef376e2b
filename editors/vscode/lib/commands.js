// The commands of the palette.

'use strict';

/** Registers the commands that package.json declares. */
function registerCommands(vscode, session, context) {
  const commands = {
    'envd.showPlan': () => session.documents.show('envd-plan'),
    'envd.showPlanDiff': () => session.documents.show('envd-plan-diff'),
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
