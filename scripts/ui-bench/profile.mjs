/** What keeps the page's main thread busy: a sampling profile, summed up by function. */

/** @typedef {import('playwright-core').CDPSession} Session */

const shown = 15;

/**
 * @param {Session} session of the page
 * @returns {Promise<() => Promise<string[]>>} ends it: a line for each of those that take most, by themselves
 */
export async function beginProfile(session) {
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 500 });
  await session.send('Profiler.start');
  return async () => {
    const { profile } = await session.send('Profiler.stop');
    const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
    /** @type {Map<string, number>} */
    const own = new Map();
    let whole = 0;
    for (const [at, id] of (profile.samples ?? []).entries()) {
      const ms = Math.max(0, profile.timeDeltas?.[at] ?? 0) / 1_000;
      const name = names.get(id) ?? '?';
      own.set(name, (own.get(name) ?? 0) + ms);
      whole += ms;
    }
    const most = [...own].toSorted(([, left], [, right]) => right - left).slice(0, shown);
    return most.map(([name, ms]) => `${((ms / whole) * 100).toFixed(1).padStart(5)} %  ${name}`);
  };
}

/** @param {{ functionName: string, url: string, lineNumber: number, columnNumber: number }} frame */
function nameOf({ functionName, url, lineNumber, columnNumber }) {
  const name = functionName || '(anonymous)';
  return url === '' ? name : `${name} ${url.slice(url.lastIndexOf('/') + 1)}:${lineNumber + 1}:${columnNumber + 1}`;
}
