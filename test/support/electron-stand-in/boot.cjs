/**
 * The app's main process: `node boot.cjs ENTRY ARGUMENT…`. Makes `electron` mean the stand-in, for require and for import, and only
 * then opens the inspector: Playwright's first act there is `require('electron')`, and the real package would answer it with
 * a download. As in Electron, the app is ready once its entry point has run.
 */
'use strict';
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const standIn = path.join(__dirname, 'electron.cjs');

// Node's own name for the one place that every require goes through.
/* oxlint-disable no-underscore-dangle */
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function resolve(request, ...others) {
  return request === 'electron' ? standIn : resolveFilename.call(this, request, ...others);
};
/* oxlint-enable no-underscore-dangle */
const answer = JSON.stringify({ url: pathToFileURL(standIn).href, format: 'commonjs', shortCircuit: true });
const hooks = `export const resolve = async (name, context, next) => name === 'electron' ? ${answer} : next(name, context);`;
Module.register(`data:text/javascript,${encodeURIComponent(hooks)}`, pathToFileURL(__filename));

process.versions.electron = require('electron/package.json').version;
process.type = 'browser';
process.resourcesPath = path.join(process.env.STAND_IN_APP, 'resources');
const { app } = require(standIn);
const inspect = /^--inspect(?:-brk)?(?:=(?:.*:)?(\d+))?$/.exec(process.env.STAND_IN_INSPECT ?? '');
if (inspect !== null) require('node:inspector').open(Number(inspect[1] ?? 9229), '127.0.0.1');

process.argv.splice(1, 1);
import(pathToFileURL(process.argv[1]).href).then(
  () => app.started(),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
