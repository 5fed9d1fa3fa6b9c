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
