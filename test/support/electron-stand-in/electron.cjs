/** The module `electron`, as far as this app uses it. What is missing fails loudly, and is added when the app comes to need it. */
'use strict';
const { EventEmitter } = require('node:events');
const { app, ipcMain } = require('./app.cjs');
const { Menu } = require('./menu.cjs');
const { MessageChannelMain } = require('./ports.cjs');
const { protocol, session } = require('./session.cjs');
const { BrowserWindow, webContents } = require('./windows.cjs');

const nativeTheme = Object.assign(new EventEmitter(), { themeSource: 'system', shouldUseDarkColors: false });
const dialog = { showErrorBox: (title, text) => console.error(`${title}: ${text}`) };
const shell = { openExternal: async () => {}, openPath: async () => '' };

module.exports = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  protocol,
  session,
  shell,
  webContents,
};
