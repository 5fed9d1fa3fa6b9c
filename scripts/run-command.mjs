/** Runs one of the project's tools and keeps what it says. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** A tool that is not done by then is stopped and counts as failed. */
const timeLimitMs = 20 * 60 * 1000;

/**
 * @typedef {object} CommandResult
 * @property {boolean} ok it ended with exit code 0
 * @property {string} output all that it wrote, both streams in order
 */

/**
 * Runs a JavaScript file of node_modules with this Node (no shell, so that it works on Windows too), without input.
 * @param {string} file path from the project's root
 * @param {readonly string[]} words its arguments
 * @returns {Promise<CommandResult>}
 */
export function runTool(file, words) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, file), ...words], {
      cwd: root,
      env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    const timer = setTimeout(() => {
      chunks.push(Buffer.from(`\nStopped: not done after ${timeLimitMs / 60_000} minutes.\n`));
      child.kill('SIGKILL');
    }, timeLimitMs);
    child.on('error', (error) => chunks.push(Buffer.from(`\n${error.message}\n`)));
    child.on('close', (code) => {
      clearTimeout(timer);
      done({ ok: code === 0, output: Buffer.concat(chunks).toString('utf8').trimEnd() });
    });
  });
}
