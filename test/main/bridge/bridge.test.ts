/** All pages of a lab. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import { TestBridge, upTo } from '../../support/test-bridge.ts';

let test: TestBridge;

beforeEach(() => {
  test = new TestBridge();
});

afterEach(() => test.close());

it('serves only so many pages', async () => {
  const pages = upTo(limits.pagesMax).map(() => test.openPage());
  const oneMore = test.openPage();
  expect((await oneMore.heard('refused')).reason).toContain(`${limits.pagesMax} pages`);
  pages[0]?.close();
  await expect.poll(() => test.bridge.pages).toBe(limits.pagesMax - 1);
  await test.openPage().greet();
});

it('says goodbye to every page when it closes', async () => {
  const page = await test.greetedPage();
  test.report(1);
  test.bridge.close();
  await expect.poll(() => page.closed).toBe(true);
  expect(page.of('events')).toHaveLength(1);
});

it('begins anew, with a gap that missed nothing, where another world takes the place of this one', async () => {
  const page = await test.greetedPage();
  test.report(1);
  page.say({ type: 'command', id: 1, command: { type: 'start-cluster', nodes: 3, world: 'simulated', seed: 7 } });
  const { missed, snapshot } = await page.heard('gap');
  expect(missed).toBe(0);
  expect(snapshot.view).toMatchObject({ status: 'running', world: 'simulated', seed: 7 });
  expect(snapshot.session).not.toBe(test.stream.session);
  // What comes next follows right behind.
  await expect.poll(() => page.of('events').some(({ position }) => position === snapshot.position)).toBe(true);
});
