/** How late the leader's heartbeats were, from what the store of the stream holds: no node is asked anything while it is measured. */
import { bounds, heartbeatMs, stateAt } from './load.mjs';
import { quantile } from './quantile.mjs';

/** Answered at once (`limits.eventsPerQueryMax`). */
const eventsMax = 20_000;

/**
 * @typedef {import('./lab-line.mjs').LabLine} LabLine
 * @typedef {{ fromNs: number, toNs: number }} Stretch of the lab's time
 * @typedef {{ node: number, boot: number, to: number, timeNs: number, message: { kind: string, entryCount?: number } }} Sent
 * @typedef {{ positions: readonly number[], events: readonly Sent[], next: number }} Page
 *
 * @typedef {object} Told
 * @property {number} linesPerSecond that the lab told
 * @property {number} elections terms that began
 * @property {number | null} lateP95Ms null when there were too few heartbeats
 * @property {number | null} lateMaxMs
 * @property {number} heartbeats
 */

/**
 * A heartbeat is an empty AppendEntries; the leader sends one to each follower every `heartbeatMs`, whatever else it sends. How
 * late one is: how much more than that lies between it and the one before it to the same follower.
 * @param {LabLine} line
 * @param {Stretch} stretch
 * @returns {Promise<Told>}
 */
export async function lookBack(line, { fromNs, toNs }) {
  const [from, to] = [await stateAt(line, fromNs), await stateAt(line, toNs)];
  const { gaps = [] } = await bounds(line);
  /** @type {number[]} */
  const late = [];
  /** @type {(Sent & { position: number }) | undefined} */
  let before;
  for await (const sent of heartbeatsOf(line, from, to)) {
    if (before && before.boot === sent.boot) {
      const since = before.position;
      // Where the store holds nothing, heartbeats are missing that were sent.
      const isWhole = gaps.every((gap) => gap.to <= since || gap.from > sent.position);
      if (isWhole) late.push((sent.timeNs - before.timeNs) / 1e6 - heartbeatMs);
    }
    before = sent;
  }
  return {
    linesPerSecond: Math.round((to.position - from.position) / ((toNs - fromNs) / 1e9)),
    elections: to.term - from.term,
    lateP95Ms: quantile(late, 0.95),
    lateMaxMs: quantile(late, 1),
    heartbeats: late.length,
  };
}

/**
 * To one follower: all of them get theirs in one go.
 * @param {LabLine} line
 * @param {{ position: number, leader: number | null }} from
 * @param {{ position: number }} to
 */
async function* heartbeatsOf(line, from, to) {
  if (from.leader === null) return;
  const follower = from.leader === 0 ? 1 : 0;
  const filter = { types: ['datagram-sent'], nodes: [from.leader] };
  for (let at = from.position; at < to.position;) {
    /** @type {Page} */
    const page = await line.query({ type: 'events', from: at, to: to.position, filter, limit: eventsMax });
    for (const [place, event] of page.events.entries()) {
      const { kind, entryCount = 0 } = event.message;
      const isHeartbeat = event.to === follower && kind === 'append-entries' && entryCount === 0;
      if (isHeartbeat) yield { ...event, position: page.positions[place] ?? at };
    }
    if (page.next <= at) return;
    at = page.next;
  }
}
