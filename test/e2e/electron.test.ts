/**
 * The built desktop app, main process and preload script, driven through Playwright's own Electron support: on the real Electron
 * where its binary is (or `ELECTRON_BIN` names one), otherwise on the stand-in with a real Chromium page.
 */
import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electronBinary, electronFolder } from '../../main/hosts/cli/electron-binary.ts';
import { chromiumPath } from '../support/chromium.ts';
import { temporaryFolder } from '../support/lab-app.ts';
import { freeBasePort } from '../support/ports.ts';

const root = resolve(import.meta.dirname, '../..');
const executablePath =
  process.env['ELECTRON_BIN'] ??
  electronBinary(electronFolder(), process.env) ??
  join(root, 'test/support/electron-stand-in/electron-stand-in.cjs');

let folder: { path: string; remove(): Promise<void> };
let basePort: number;
let app: ElectronApplication;
let page: Page;

beforeAll(async () => {
  folder = await temporaryFolder();
  basePort = await freeBasePort();
  app = await _electron.launch({
    executablePath,
    args: ['.', '--nodes=3', `--data=${folder.path}`, `--base-port=${basePort}`],
    cwd: root,
    env: { ...process.env, CHROMIUM_PATH: chromiumPath() },
  });
  page = await app.firstWindow();
});

afterAll(async () => {
  await app.close();
  await folder.remove();
});

/** The address of the page as the app knows it. */
function address(): Promise<string> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL() ?? '');
}

/** How many nodes the stage shows as leader. */
function leaders(): Promise<number> {
  return page.locator('[data-testid="stage"] [data-role="leader"]').count();
}

describe('the desktop app', () => {
  it('shows the elected leader on a page of its own scheme', async () => {
    await expect.poll(leaders).toBe(1);
    expect(await address()).toMatch(/^app:\/\/raft-lab\//);
  });

  it('connects the page again after a reload', async () => {
    await page.reload();
    await expect.poll(leaders).toBe(1);
  });

  it('has a native menu', async () => {
    const labels = await app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()?.items.map(({ label, role }) => label || role),
    );
    expect(labels?.length).toBeGreaterThanOrEqual(5);
    const opened = await app.evaluate(({ Menu, shell }) => {
      let path = '';
      shell.openPath = async (asked) => {
        path = asked;
        return '';
      };
      Menu.getApplicationMenu()?.getMenuItemById('open-data-folder')?.click();
      return path;
    });
    expect(opened).toBe(folder.path);
  });
});

describe('the desktop page', () => {
  it('has nothing of Node or Electron but one small object', async () => {
    const found = await page.evaluate(() => ({
      require: typeof Reflect.get(window, 'require'),
      process: typeof Reflect.get(window, 'process'),
      module: typeof Reflect.get(window, 'module'),
      desktop: Object.keys(window.raftLabDesktop ?? {}).toSorted(),
    }));
    expect(found).toEqual({
      require: 'undefined',
      process: 'undefined',
      module: 'undefined',
      desktop: ['connect', 'electronVersion', 'platform'],
    });
  });

  it('can’t run code that is not in its files', async () => {
    const ran = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true;';
      const refused = new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        });
      });
      document.head.append(script);
      return { refused: await refused, ran: Reflect.get(window, 'inlineRan') as unknown };
    });
    expect(ran).toEqual({ refused: 'script-src-elem', ran: undefined });
    // From a timer of the page's own: what a test evaluates is exempt from the policy.
    const evaluated = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => resolve(event.blockedURI), { once: true });
          Reflect.apply(setTimeout, window, ['window.evalRan = true']);
        }),
    );
    expect(await evaluated).toBe('eval');
  });

  it('can’t load anything from elsewhere', async () => {
    const refused = await page.evaluate(() => fetch('http://127.0.0.1:1/').then(String, String));
    expect(refused).toMatch(/Failed to fetch/);
  });

  it('opens no window: web links go to the person’s browser, anything else nowhere', async () => {
    await app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Reflect.set(globalThis, 'opened', opened);
      shell.openExternal = async (url) => void opened.push(url);
    });
    await page.evaluate(() => {
      for (const url of ['file:///etc/passwd', 'app://raft-lab/', 'https://raft.github.io/']) window.open(url);
    });
    const opened = () => app.evaluate(() => Reflect.get(globalThis, 'opened') as string[]);
    await expect.poll(opened).toEqual(['https://raft.github.io/']);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('can’t go elsewhere', async () => {
    const seen = await app.evaluateHandle(({ BrowserWindow }) => {
      const prevented: string[] = [];
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.on('will-navigate', (event) => prevented.push(`${event.url} ${event.defaultPrevented}`));
      return prevented;
    });
    const outside = 'https://raft.github.io/ true';
    await page.evaluate(() => location.assign('https://raft.github.io/'));
    await expect.poll(() => seen.jsonValue()).toEqual([outside]);
    await page.evaluate(() => location.assign('/assets/other.html'));
    await expect.poll(() => seen.jsonValue()).toEqual([outside, 'app://raft-lab/assets/other.html true']);
    expect(await address()).toMatch(/^app:\/\/raft-lab\/(index\.html)?(#.*)?$/);
  });

  it('is given no permission', async () => {
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
    const state = () => page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state);
    expect(await state()).toBe('denied');
  });

  it('is the only one that is connected to the lab', async () => {
    const preload = join(root, 'out/preload/preload.cjs');
    const [stranger] = await Promise.all([
      app.waitForEvent('window'),
      app.evaluate(async ({ BrowserWindow }, preload) => {
        const window = new BrowserWindow({
          show: false,
          webPreferences: { preload, contextIsolation: true, sandbox: true },
        });
        await window.loadURL('data:text/html,<title>stranger</title>');
      }, preload),
    ]);
    // The window is there before its document is.
    await stranger.waitForFunction(() => window.raftLabDesktop !== undefined);
    const answer = await stranger.evaluate(() => window.raftLabDesktop?.connect().then(String, String));
    expect(answer).toMatch(/Refused: this is not the page of the lab/);
    await stranger.close();
  });
});

describe('closing the window', () => {
  it('stops the cluster, frees its ports and ends the app well', async () => {
    const child = app.process();
    const exited = once(child, 'exit');
    await page.close();
    expect(await exited).toEqual([0, null]);
    for (const port of [basePort, basePort + 1, basePort + 2]) {
      const socket = createSocket('udp4').bind(port, '127.0.0.1');
      await once(socket, 'listening');
      socket.close();
    }
  });
});
