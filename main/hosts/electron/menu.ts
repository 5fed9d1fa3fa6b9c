/**
 * The native menu: roles, which bring each system's own names and keys.
 */
import { app, Menu, shell, type MenuItemConstructorOptions } from 'electron';

/** Sets the application's menu. @param folder where the lab keeps its data. */
export function setupMenu(folder: string): void {
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { id: 'open-data-folder', label: 'Open Data Folder', click: () => void shell.openPath(folder) },
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    { role: 'viewMenu' },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ role: 'about', label: `About ${app.name}` }] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
