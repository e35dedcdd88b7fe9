// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Milliseconds between two signs of life of a step that takes long. */
const SIGN_OF_LIFE = 15_000;

/** A step of the setup that could not be done; the message says what to do. */
export class StepFailed extends Error {}

/**
 * Runs npm as one step with a line of progress; its output goes to a log and is shown on failure.
 * @param {{ what: string, args: string[], cwd: string, logFile: string }} step
 * @returns {Promise<void>}
 */
export async function npmStep({ what, args, cwd, logFile }) {
  const began = Date.now();
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(0)} s`;
  console.log(`  · ${what} …`);
  const alive = setInterval(() => console.log(`    ${what}: ${seconds()} so far`), SIGN_OF_LIFE);
  const code = await npm(args, cwd, logFile).finally(() => clearInterval(alive));
  if (code !== 0) {
    const log = readFileSync(logFile, 'utf8').trimEnd();
    const end = log.split('\n').slice(-15).join('\n');
    throw new StepFailed(
      `${what} failed (npm ${args[0]}: ${code}). Its last lines:\n\n${end}\n\n` +
        `${advice(log)}\nThe whole log: ${logFile}`,
    );
  }
  console.log(`  ✔ ${what}: done in ${seconds()}`);
}

/**
 * @param {string[]} args
 * @param {string} cwd
 * @param {string} logFile
 * @returns {Promise<number | string>} its exit code, or what ended it
 */
function npm(args, cwd, logFile) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  // The npm that runs this script, by the Node that runs it. Not by this process's own: that may be
  // the Node.js 24 of node_modules, which `npm ci` takes away.
  const { npm_execpath: cli = '', npm_node_execpath: node = process.execPath } = process.env;
  const [command, first] = cli.endsWith('npm-cli.js') ? [node, [cli]] : ['npm', []];
  // Quiet: under Node 20 npm warns of every package that wants a newer one, hundreds of them.
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund', '--no-update-notifier'];
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...args, ...quiet], {
      cwd,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'ended'));
  });
}

/**
 * Advice about a failure of npm, from its log.
 * @param {string} log
 */
function advice(log) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(log)) {
    return 'The npm registry could not be reached. Check the connection (and `npm config get registry`), then run the same command again.';
  }
  if (/ENOSPC/.test(log)) {
    return 'The disk is full: packages need 1.5 GB here and n8n 3 GB in the cache folder. Make room, then run the same command again.';
  }
  if (/EACCES|EPERM|EROFS/.test(log)) {
    return 'A folder cannot be written. See whose it is in the lines above; a folder left by `sudo npm` is the usual cause.';
  }
  return 'Run the same command again; if it fails the same way, the log says more.';
}
