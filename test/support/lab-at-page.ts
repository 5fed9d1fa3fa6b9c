/** What most end-to-end tests begin with: the app on a folder of its own, a page of it in a real browser, a leader. */
import { afterAll, beforeAll } from 'vitest';
import type { Browser } from 'playwright-core';
import { required } from '../../shared/assert.ts';
import { launchChromium } from './chromium.ts';
import { startLabApp, temporaryFolder, type LabApp } from './lab-app.ts';
import { LabPage } from './lab-page.ts';

/** The running app and its page. To be asked only inside of tests. */
export interface LabAtPage {
  readonly app: LabApp;
  readonly lab: LabPage;
}

/** For a `describe` block: all of it is there before its first test and gone after its last. */
export function labAtPage(look: Parameters<typeof LabPage.open>[2] = {}, nodes = 3): LabAtPage {
  let folder: Awaited<ReturnType<typeof temporaryFolder>> | undefined;
  let browser: Browser | undefined;
  let app: LabApp | undefined;
  let lab: LabPage | undefined;

  beforeAll(async () => {
    folder = await temporaryFolder();
    [app, browser] = await Promise.all([startLabApp({ folder: folder.path, nodes }), launchChromium()]);
    lab = await LabPage.open(browser, app.url, look);
    await lab.leader();
  });

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await folder?.remove();
  });

  return {
    get app() {
      return required(app, 'the app is started before the first test');
    },
    get lab() {
      return required(lab, 'the page is opened before the first test');
    },
  };
}
