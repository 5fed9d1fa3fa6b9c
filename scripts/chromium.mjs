/**
 * Finds the Chromium (or Chrome, or Edge) that the end-to-end tests drive; on Debian, as root, installs it.
 * Run by itself it prints the path, or says how to get one and exits 1: `node scripts/chromium.mjs`.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const namesOnPath = [
  'chromium',
  'google-chrome-stable',
  'google-chrome',
  'chromium-browser',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

/**
 * Switches with which it runs headless for root, without a graphics card and without calling home.
 * @type {readonly string[]}
 */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What to tell a person whose machine has none. */
export const howToGetChromium =
  'No Chromium found. Install one (`npx playwright-core install chromium`, or Chrome or Chromium by any other way), ' +
  'or set CHROMIUM_PATH to its executable.';

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {string[]} where installers put it when it is not on PATH */
function usualPlaces() {
  const home = process.env['HOME'] ?? '';
  if (process.platform === 'darwin') {
    const apps = [
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Chromium.app/Contents/MacOS/Chromium',
      'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ];
    return ['/Applications', join(home, 'Applications')].flatMap((folder) => apps.map((app) => join(folder, app)));
  }
  if (process.platform === 'win32') {
    const apps = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    const folders = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
    return folders.flatMap((folder) => apps.map((app) => join(folder, app)));
  }
  return ['/snap/bin/chromium', '/opt/google/chrome/chrome'];
}

/** @returns {string[]} */
function placesOnPath() {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const extension = process.platform === 'win32' ? '.exe' : '';
  return namesOnPath.flatMap((name) => folders.map((folder) => join(folder, name + extension)));
}

/**
 * The executable named by CHROMIUM_PATH, else the one that playwright-core has installed, else the first on the machine.
 * @returns {string | null} its path; null where there is none
 * @throws when CHROMIUM_PATH names a file that can't be run
 */
export function findChromium() {
  const wanted = process.env['CHROMIUM_PATH'];
  if (wanted) {
    if (!isExecutable(wanted)) throw new Error(`CHROMIUM_PATH is ${wanted}, which is no executable file.`);
    return wanted;
  }
  return [chromium.executablePath(), ...placesOnPath(), ...usualPlaces()].find(isExecutable) ?? null;
}

/** @returns {boolean} whether this is root on a machine with Debian's package manager */
function canInstall() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/**
 * As findChromium; where there is none and it may, it installs Debian's.
 * @param {(line: string) => void} say told what it is doing before it takes long
 * @returns {string | null}
 */
export function ensureChromium(say) {
  const found = findChromium();
  if (found !== null || !canInstall()) return found;
  say('No Chromium here: running apt-get install -y chromium (a minute or two)');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const words of [['update'], ['install', '-y', 'chromium']]) {
    const { status, stderr } = spawnSync('apt-get', words, {
      encoding: 'utf8',
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) {
      say(`apt-get ${words.join(' ')} failed: ${stderr.trim()}`);
      return null;
    }
  }
  return findChromium();
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) {
  try {
    const path = ensureChromium(console.log);
    console.log(path ?? howToGetChromium);
    process.exitCode = path === null ? 1 : 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
