#!/usr/bin/env node
/**
 * The executable: takes Electron's command line, starts a headless Chromium and, beside it, Node on the app's entry point.
 * It prints the two lines that Playwright's `_electron.launch` waits for, and ends with the app's exit code.
 */
'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** Splits the command line: the app's folder, what the app is to see, and Node's inspector switch. */
function readArguments(args) {
  const rest = [];
  let inspect = '';
  for (let index = 0; index < args.length; index++) {
    if (args[index].startsWith('--inspect')) inspect = args[index];
    // Playwright's loader delays the app until it is attached; this inspector opens before the app starts anyway.
    else if (args[index] === '-r' || args[index] === '--require') index++;
    else rest.push(args[index]);
  }
  const folder = rest.find((word) => !word.startsWith('-')) ?? '.';
  return { folder: path.resolve(folder), appArguments: rest.filter((word) => word !== folder), inspect };
}

function entryOf(folder) {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, manifest.main ?? 'index.js');
}

function startChromium(executable, switches, profile) {
  const own = [
    '--headless',
    '--no-startup-window',
    '--disable-dev-shm-usage',
    '--disable-features=HttpsUpgrades',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
  ];
  // It leaves a socket in the temporary folder when it is told to end.
  const env = { ...process.env, TMPDIR: profile };
  return spawn(executable, [...switches, ...own], { stdio: ['ignore', 'ignore', 'pipe'], env });
}

async function main() {
  const { folder, appArguments, inspect } = readArguments(process.argv.slice(2));
  const { chromiumArguments, findChromium, howToGetChromium } = await import('../../../scripts/chromium.mjs');
  const executable = findChromium();
  if (executable === null) throw new Error(howToGetChromium);
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'electron-stand-in-'));
  const chromium = startChromium(executable, chromiumArguments, profile);
  let node;
  let said = '';

  const end = (code) => {
    const leave = () => {
      try {
        fs.rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
      } catch {
        // Chromium's last writes may still be under way; it is a temporary folder.
      }
      process.exit(code);
    };
    if (chromium.exitCode !== null || chromium.signalCode !== null) leave();
    chromium.once('exit', leave);
    chromium.kill('SIGTERM');
    setTimeout(() => chromium.kill('SIGKILL'), 2000).unref();
  };

  chromium.on('error', (error) => {
    console.error(`Chromium can't be started: ${error.message}`);
    process.exit(1);
  });
  chromium.stderr.on('data', (chunk) => {
    if (node !== undefined) return;
    said += chunk;
    const address = /DevTools listening on (ws:\/\/\S+)/.exec(said)?.[1];
    if (address === undefined) return;
    node = spawn(process.execPath, [path.join(__dirname, 'boot.cjs'), entryOf(folder), ...appArguments], {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        STAND_IN_BROWSER: address,
        STAND_IN_APP: folder,
        STAND_IN_PROFILE: profile,
        STAND_IN_INSPECT: inspect,
      },
    });
    console.error(`DevTools listening on ${address}`);
    node.on('exit', (code, signal) => end(code ?? (signal === null ? 0 : 1)));
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (node === undefined) end(1);
      else node.kill(signal);
    });
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
