/** The built app as a process of its own, on a temporary folder. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../run-command.mjs';

/**
 * @template T
 * @param {number} basePort of the nodes
 * @param {(url: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withApp(basePort, work) {
  const data = mkdtempSync(join(tmpdir(), 'raft-lab-bench-ui-'));
  const words = ['serve', '--no-open', '--data', data, '--base-port', `${basePort}`, '--nodes', '1'];
  const app = spawn(process.execPath, [join(root, 'out/main/cli.mjs'), ...words]);
  try {
    return await work(await addressOf(app));
  } finally {
    app.kill('SIGTERM');
    if (app.exitCode === null && app.signalCode === null) await once(app, 'exit');
    rmSync(data, { recursive: true, force: true });
  }
}

/**
 * @param {import('node:child_process').ChildProcessWithoutNullStreams} app
 * @returns {Promise<string>} the address that it prints
 */
function addressOf(app) {
  return new Promise((found, failed) => {
    let printed = '';
    for (const stream of [app.stdout, app.stderr]) {
      stream.on('data', (chunk) => {
        printed += chunk;
        const match = /http:\/\/\S+/.exec(printed);
        if (match) found(match[0]);
      });
    }
    app.on('exit', (code) => failed(new Error(`The app ended with ${code}: ${printed}`)));
  });
}
