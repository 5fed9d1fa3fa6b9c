/** What a person does on a page with a long session, with how long each takes. Nothing runs meanwhile but heartbeats. */
import { setTimeout as wait } from 'node:timers/promises';
import { beginWatch, endWatch, filterLog, pressForDiagram, seekMoment, showPresent } from './page-probe.mjs';
import { quantile } from './quantile.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** What many lines say, what few do, what none does. */
const filters = ['appendentries', '→ leader in term', 'no line says this'];
const scrubs = [0.1, 0.9, 0.3, 0.7, 0.5, 0.2, 0.8, 0.05];
const wheelTurns = 60;
const taskMsMax = 90_000;
const panSteps = 30;

/**
 * All of them, one after the other; what one that does not come to its end has to say stands in the place of its figures.
 * @param {Page} page
 * @returns {Promise<object>}
 */
export async function measureTasks(page) {
  const figures = {};
  for (const [name, measure] of Object.entries({
    filter: measureFilter,
    scrub: measureScrub,
    diagram: measureDiagram,
  })) {
    const tooLate = wait(taskMsMax, undefined, { ref: false }).then(() => {
      throw new Error(`no end within ${taskMsMax} ms`);
    });
    try {
      Object.assign(figures, await Promise.race([measure(page), tooLate]));
    } catch (error) {
      Object.assign(figures, { [`${name}_ms`]: null, [`${name}_trouble`]: String(error) });
    }
  }
  return figures;
}

/**
 * @param {Page} page
 * @returns {Promise<object>}
 */
async function measureFilter(page) {
  const found = [];
  for (const text of filters) {
    found.push(await page.evaluate(filterLog, text));
    await page.evaluate(filterLog, '');
  }
  const list = page.getByRole('log').first();
  await list.hover();
  await page.evaluate(beginWatch);
  for (let turn = 0; turn < wheelTurns; turn += 1) await page.mouse.wheel(0, turn % 3 === 0 ? -90_000 : -400);
  const { frameMs } = await page.evaluate(endWatch);
  const follow = page.getByTestId('log-follow');
  if (await follow.isVisible()) await follow.click();
  return {
    filter_ms: quantile(
      found.map(({ shownMs }) => shownMs),
      1,
    ),
    filter_count_ms: quantile(
      found.map(({ countedMs }) => countedMs),
      1,
    ),
    filter_lines: found.map(({ lines }) => lines),
    scroll_frame_p95_ms: quantile(frameMs, 0.95),
  };
}

/**
 * @param {Page} page
 * @returns {Promise<object>}
 */
async function measureScrub(page) {
  const track = await page.getByTestId('timeline-track').boundingBox();
  const present = await page.getByTestId('time-handle').boundingBox();
  if (!track || !present) throw new Error('there is no timeline on the page');
  const width = present.x + present.width / 2 - track.x;
  const took = [];
  for (const share of scrubs) {
    const watched = page.evaluate(seekMoment);
    // Once the page is listening.
    await page.evaluate(() => undefined);
    await page.mouse.click(track.x + width * share, track.y + track.height / 2);
    took.push(await watched);
  }
  await page.evaluate(showPresent);
  return { scrub_ms: quantile(took, 0.5), scrub_max_ms: quantile(took, 1) };
}

/**
 * @param {Page} page
 * @returns {Promise<object>}
 */
async function measureDiagram(page) {
  const opened = await page.evaluate(pressForDiagram, 'pane-tab-diagram');
  const fitted = await page.evaluate(pressForDiagram, 'diagram-fit');
  // The last seconds: the store holds more than can be drawn as single lines.
  await page.evaluate(pressForDiagram, 'diagram-follow');
  await page.getByTestId('diagram-surface').focus();
  await page.evaluate(beginWatch);
  for (let step = 0; step < panSteps; step += 1) await page.keyboard.press('ArrowLeft');
  const { frameMs, longTasks } = await page.evaluate(endWatch);
  await page.getByTestId('pane-tab-stage').click();
  return {
    diagram_open_ms: quantile([opened.ms], 1),
    diagram_fit_ms: quantile([fitted.ms], 1),
    diagram_fit_shows: fitted.coverage,
    diagram_events: fitted.events,
    diagram_pan_frame_p95_ms: quantile(frameMs, 0.95),
    diagram_pan_long_tasks: longTasks.length,
  };
}
