/** The cluster that is looked at, and clients that make it tell so many lines a second. */
import { setTimeout as wait } from 'node:timers/promises';

/** @typedef {import('./lab-line.mjs').LabLine} LabLine */

export const heartbeatMs = 50;
/** So large that a machine with too much to do keeps its leader: what is measured is a cluster that works. */
const timings = { heartbeatIntervalMs: heartbeatMs, electionTimeoutMinMs: 3_000, electionTimeoutMaxMs: 6_000 };
const clients = 64;

const roundsMax = 6;
const roundMs = 2_500;
/** A change of the load shows only after a moment. */
const settleMs = 1_000;
const closeEnough = 0.05;

/**
 * A new cluster with a leader.
 * @param {LabLine} line
 * @param {number} nodes
 */
export async function startCluster(line, nodes) {
  await line.command({ type: 'start-cluster', nodes, fresh: true, timings });
  const endMs = performance.now() + 60_000;
  while ((await stateAt(line, Number.MAX_SAFE_INTEGER)).leader === null) {
    if (performance.now() > endMs) throw new Error('No node has become leader within a minute.');
    await wait(100);
  }
}

/**
 * @param {LabLine} line
 * @param {number} requestsPerSecond
 */
export function startLoad(line, requestsPerSecond) {
  const workload = { clients, requestsPerSecond, mix: { append: 1 } };
  return line.command({ type: 'start-workload', workload });
}

/** @param {LabLine} line */
export function stopLoad(line) {
  return line.command({ type: 'stop-workload' });
}

/**
 * Seeks how many requests a second make so many lines, and lets them run.
 * @param {LabLine} line
 * @param {number} linesPerSecond
 * @returns {Promise<number>} requests a second: the fewest, where more make no more lines
 */
export async function seekLoad(line, linesPerSecond) {
  let requests = Math.max(1, Math.round(linesPerSecond / 100));
  let best = { requests, lines: 0 };
  for (let round = 0; round < roundsMax; round += 1) {
    const lines = await linesUnder(line, requests);
    // More requests do not make more lines: more of them are only answered together.
    if (requests > best.requests && lines < best.lines * 1.1) break;
    best = { requests, lines };
    if (Math.abs(lines / linesPerSecond - 1) < closeEnough) break;
    requests = Math.max(1, Math.round(requests * Math.min(3, Math.max(0.3, linesPerSecond / lines))));
  }
  await startLoad(line, best.requests);
  await wait(settleMs);
  return best.requests;
}

/**
 * @param {LabLine} line
 * @param {number} requests a second
 * @returns {Promise<number>} lines a second
 */
async function linesUnder(line, requests) {
  await startLoad(line, requests);
  await wait(settleMs);
  const before = await bounds(line);
  await wait(roundMs);
  const after = await bounds(line);
  return ((after.endPosition - before.endPosition) / (after.endNs - before.endNs)) * 1e9;
}

/**
 * @typedef {{ firstPosition: number, endPosition: number, endNs: number, gaps?: readonly { from: number, to: number }[] }} Bounds
 * @typedef {{ id: number, term: number, role: string, status: string }} Node
 * @typedef {{ position: number, view: { nodes: readonly Node[] } }} Moment
 */

/**
 * What the store of the stream holds.
 * @param {LabLine} line
 * @returns {Promise<Bounds>}
 */
export function bounds(line) {
  return line.query({ type: 'bounds' });
}

/**
 * @param {LabLine} line
 * @param {number} timeNs
 * @returns {Promise<{ position: number, leader: number | null, term: number }>}
 */
export async function stateAt(line, timeNs) {
  /** @type {Moment} */
  const { position, view } = await line.query({ type: 'view-at', at: { timeNs } });
  const leading = view.nodes.filter(({ role, status }) => role === 'leader' && status === 'running');
  const term = Math.max(0, ...view.nodes.map((node) => node.term));
  return { position, leader: leading.find((node) => node.term === term)?.id ?? null, term };
}
