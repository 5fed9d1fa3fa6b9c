/**
 * `npm start`: builds what is missing or out of date, then opens the app as `raft-lab` does, fetching Electron's binary if it
 * can be had. What stands after `--` is passed on: `npm start -- --browser`, `npm start -- --no-open --nodes 5`.
 */
import { isBuildCurrent } from './build-current.mjs';
import { root, runTool } from './run-command.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

if (!isBuildCurrent(root)) {
  console.log('Building Raft Lab …');
  const build = await runTool('node_modules/electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']);
  if (!build.ok) {
    console.error(`${build.output}\nThe build failed. If packages are missing or old: npm ci`);
    process.exit(1);
  }
}

stopWithNpm();

// In this very process: a signal meant for the app reaches it without anyone passing it on.
const commandLine = join(root, 'out', 'main', 'cli.mjs');
process.argv = [process.execPath, commandLine, '--fetch-electron', ...process.argv.slice(2)];
await import(pathToFileURL(commandLine).href);

/** `kill` of npm ends npm and the shell between us, but not us: when our parent is gone, we are to go too. */
function stopWithNpm() {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}
