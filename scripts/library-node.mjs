/**
 * One server of the built library as a process of its own, for the programs of main/proof. What it is to do comes from the
 * process that started it (main/proof/process-messages.ts); when that one is gone, it goes too.
 */

/** @type {{ start: (...words: unknown[]) => Promise<import('node:events') & Record<string, any>> }} */
const library = await import(new URL('../out/main/library.mjs', import.meta.url).href);

/** @param {Record<string, unknown>} message */
const tell = (message) => process.send?.(message);

/** @type {Awaited<ReturnType<typeof library.start>> | undefined} */
let node;

/**
 * Why it gave up, if it does.
 * @param {{ type: string, reason?: string }} event
 */
function pass({ type, reason }) {
  if (type === 'disk-failed' || type === 'assertion-failed') tell({ type: 'gave-up', reason: `${type}: ${reason}` });
}

/** @param {any} order */
async function carryOut(order) {
  if (order.type === 'start') {
    node = await library.start(order.id, order.nodes, order.folder);
    node['onEvent'](pass);
    return { pid: process.pid };
  }
  return node?.[order.type](order.request);
}

/** @param {any} order */
async function answer(order) {
  try {
    tell({ type: 'answer', number: order.number, ok: true, value: await carryOut(order) });
  } catch (error) {
    /** @type {any} */
    const { failure, message } = error;
    tell({ type: 'answer', number: order.number, ok: false, failure: failure ?? { code: 'internal', message } });
  }
  if (order.type === 'close') process.disconnect();
}

process.on('message', (order) => void answer(order));
process.on('disconnect', () => process.exit());
