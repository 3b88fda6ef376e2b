// Finds the program that is the language server. Upstream's envd has the same name and may come first on the PATH, so a
// program is asked whether it serves editors before it is taken.

'use strict';

const childProcess = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** How long a program may take to say what it is, in milliseconds. */
const ANSWER_MILLISECONDS = 10_000;

/** No program of that name is a language server; the message is for people. */
class NoServer extends Error {}

/** The setting `envd.path` with `~` and `${workspaceFolder}` replaced. */
function expand(setting, folder) {
  let text = setting.trim();
  if (text === '~' || text.startsWith('~/') || text.startsWith('~\\')) text = os.homedir() + text.slice(1);
  return text.replaceAll('${workspaceFolder}', folder ?? '').replaceAll('${userHome}', os.homedir());
}

/** The files that a name or path may mean, the first choice first. */
function candidates(name, environment, platform = process.platform) {
  const endings = platform === 'win32' ? ['.exe', ''] : [''];
  if (name.includes('/') || (platform === 'win32' && name.includes('\\'))) return endings.map((ending) => name + ending);
  const key = Object.keys(environment).find((each) => each.toUpperCase() === 'PATH');
  const folders = (key === undefined ? '' : environment[key]).split(path.delimiter).filter((folder) => folder !== '');
  // Where the README says to put it. An editor that a desktop started may have another PATH than a shell.
  if (platform !== 'win32') folders.push(path.join(os.homedir(), '.local', 'bin'));
  return folders.flatMap((folder) => endings.map((ending) => path.join(folder, name + ending)));
}

function isProgram(file) {
  try {
    if (!fs.statSync(file).isFile()) return false;
    fs.accessSync(file, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether a program is an envd that serves editors. It never waits for input, nor longer than the limit. */
function servesEditors(file, milliseconds = ANSWER_MILLISECONDS) {
  return new Promise((resolve) => {
    const child = childProcess.execFile(
      file,
      ['lsp', '--help'],
      { timeout: milliseconds, killSignal: 'SIGKILL', windowsHide: true, maxBuffer: 1 << 20 },
      (error, output) => resolve(!error && output.includes('Language Server Protocol')),
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end();
  });
}

/**
 * The language server that the setting means.
 *
 * @param {string} setting the setting `envd.path`.
 * @param {string | undefined} folder the first folder of the workspace.
 * @returns {Promise<string>} the path of a program that serves editors.
 * @throws {NoServer} if there is none.
 */
async function findServer(setting, folder, environment = process.env) {
  const name = expand(setting || 'envd', folder);
  const programs = [...new Set(candidates(name, environment))].filter(isProgram);
  for (const program of programs) {
    if (await servesEditors(program)) return program;
  }
  if (programs.length === 0) throw new NoServer(`There is no program '${name}'. Install envd-tools, or set 'envd.path'.`);
  throw new NoServer(
    `${programs.join(', ')}: this is not the envd of envd-tools, or one without a language server. Set 'envd.path'.`,
  );
}

/** How the client starts the server. */
function serverOptions(program, folder) {
  const options = folder === undefined ? {} : { cwd: folder };
  return { command: program, args: ['lsp', '--stdio'], options };
}

module.exports = { NoServer, candidates, expand, findServer, serverOptions, servesEditors };
