/// <reference lib="dom" />
/**
 * What runs in the page. Each function is sent there by itself: it sees nothing of this file but what it is given. They look at the
 * page's stores (`#app`'s Pinia) where the document does not tell.
 */

/**
 * @typedef {{ version: number, isSettled: boolean, length: number }} List
 * @typedef {object} Stores what is used of them
 * @property {{ totalCount: number, lists: Map<number | 'merged', List> }} logs
 * @property {{ view: unknown, missedEvents: number }} cluster
 * @property {{ isLive: boolean, isSeeking: boolean, goLive: () => void }} playhead
 * @property {{ coverage: string, held: { end: number } }} diagram
 *
 * @typedef {{ frames: number[], longTasks: number[], isOver: boolean }} Watch
 * @typedef {Window & typeof globalThis & { benchStores: Stores, benchWatch: Watch }} BenchWindow
 * @typedef {Element & { __vue_app__?: { config: { globalProperties: { $pinia: { _s: Map<string, unknown> } } } } }} VueRoot
 */

/** Finds the stores. */
export function findStores() {
  const page = /** @type {BenchWindow} */ (window);
  const root = /** @type {VueRoot | null} */ (document.querySelector('#app'));
  // Names that the libraries give for inspectors: the page itself gives away nothing.
  const stores = root?.['__vue_app__']?.config.globalProperties.$pinia['_s'];
  if (!stores) throw new Error('The page has no stores.');
  page.benchStores = /** @type {Stores} */ (Object.fromEntries(stores));
}

/** From now on frames and long tasks are noted. */
export function beginWatch() {
  const page = /** @type {BenchWindow} */ (window);
  /** @type {Watch} */
  const watch = { frames: [], longTasks: [], isOver: false };
  page.benchWatch = watch;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watch.longTasks.push(duration);
  });
  observer.observe({ type: 'longtask' });
  requestAnimationFrame(function note(atMs) {
    watch.frames.push(atMs);
    if (watch.isOver) observer.disconnect();
    else requestAnimationFrame(note);
  });
}

/** @returns {{ frameMs: number[], longTasks: number[] }} milliseconds from frame to frame, and of each long task */
export function endWatch() {
  const { benchWatch } = /** @type {BenchWindow} */ (window);
  benchWatch.isOver = true;
  const { frames, longTasks } = benchWatch;
  return { frameMs: frames.slice(1).map((atMs, at) => atMs - (frames[at] ?? 0)), longTasks };
}

/** @returns {{ lines: number, missed: number }} lines that the log holds, and events that the page never saw */
export function readLog() {
  const { logs, cluster } = /** @type {BenchWindow} */ (window).benchStores;
  return { lines: logs.totalCount, missed: cluster.missedEvents };
}

/**
 * Types a filter. The list is shown when every row on screen matches, counted when all lines were tested.
 * @param {string} text in lower case; empty: all lines
 * @returns {Promise<{ shownMs: number, countedMs: number, lines: number }>}
 */
export function filterLog(text) {
  const list = /** @type {BenchWindow} */ (window).benchStores.logs.lists.get('merged');
  const input = /** @type {HTMLInputElement | null} */ (document.querySelector('[data-testid="log-filter"]'));
  if (!list || !input) throw new Error('There is no log to filter.');
  const former = list.version;
  const rows = () =>
    [...document.querySelectorAll('[data-testid="log-row"]')].filter(
      (row) => !(/** @type {HTMLElement} */ (row).style.transform.includes('-9999')),
    );
  const startMs = performance.now();
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  return new Promise((resolve) => {
    let shownMs = 0;
    requestAnimationFrame(function look() {
      const passedMs = performance.now() - startMs;
      const isOther = list.version !== former;
      const isCounted = isOther && list.isSettled;
      const there = isOther && shownMs === 0 ? rows() : [];
      // Where lines are missing is shown under every filter.
      const isRight = (/** @type {Element} */ row) =>
        row.matches('.gap') || (!row.matches('.blank') && row.textContent.toLowerCase().includes(text));
      const isShown = there.every(isRight);
      if (shownMs === 0 && isShown && (there.length > 0 || (isCounted && list.length === 0))) shownMs = passedMs;
      if (isCounted && shownMs > 0) resolve({ shownMs, countedMs: passedMs, lines: list.length });
      else requestAnimationFrame(look);
    });
  });
}

/**
 * From the next press of the pointer, on the timeline, until the page shows that moment.
 * @returns {Promise<number>} ms
 */
export function seekMoment() {
  const { playhead, cluster } = /** @type {BenchWindow} */ (window).benchStores;
  const former = cluster.view;
  return new Promise((resolve) => {
    /** @param {Event} press */
    function watch({ timeStamp }) {
      requestAnimationFrame(function look() {
        const isShown = cluster.view !== former && !playhead.isLive && !playhead.isSeeking;
        // The frame in which it is drawn ends before the next one begins.
        if (isShown) requestAnimationFrame(() => resolve(performance.now() - timeStamp));
        else requestAnimationFrame(look);
      });
    }
    addEventListener('pointerdown', watch, { capture: true, once: true });
  });
}

/** Back to the present. */
export function showPresent() {
  /** @type {BenchWindow} */ (window).benchStores.playhead.goLive();
}

/**
 * Presses a button, until the diagram has what it is to draw and has drawn it.
 * @param {string} testId
 * @returns {Promise<{ ms: number, coverage: string, events: number }>}
 */
export function pressForDiagram(testId) {
  const { diagram } = /** @type {BenchWindow} */ (window).benchStores;
  const startMs = performance.now();
  const button = /** @type {HTMLElement | null} */ (document.querySelector(`[data-testid="${testId}"]`));
  if (!button) throw new Error(`There is no ${testId}.`);
  button.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0 }));
  button.click();
  return new Promise((resolve) => {
    let framesThere = 0;
    let thereMs = 0;
    requestAnimationFrame(function look() {
      const surface = document.querySelector('[data-testid="diagram-surface"]');
      const isThere = surface !== null && diagram.coverage !== 'loading';
      framesThere = isThere ? framesThere + 1 : 0;
      if (framesThere === 2) thereMs = performance.now() - startMs;
      // What is missing is found out while it is painted: a frame later it says so.
      if (framesThere < 4) requestAnimationFrame(look);
      else resolve({ ms: thereMs, coverage: diagram.coverage, events: diagram.held.end });
    });
  });
}
