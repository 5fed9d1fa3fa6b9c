/**
 * `npm run bench:core`: the core alone. Three servers in one thread, in memory, empty payloads, and a client that keeps a
 * number of appends outstanding; a JSON line per level, medians of several runs.
 */
import { required } from '../../../shared/assert.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { votersOnly } from '../../../shared/configuration.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { EntryDraft, LogEntry } from '../../../shared/log-entry.ts';
import type { ConsensusMessage } from '../../../shared/raft-message.ts';
import type { CoreInput, Effects, OutgoingMessage } from '../../raft/contract.ts';
import { createState, type RaftState } from '../../raft/state.ts';
import { step } from '../../raft/step.ts';
import { median } from './median.ts';

const levels = [1, 64, 1_024];
const runs = 5;
const runMs = 1_000;
const draft: EntryDraft = { kind: 'client', payload: new Uint8Array(0) };

interface Passage {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly message: ConsensusMessage;
}

/** A server with its log in memory, whose disk is done at once. */
class Server {
  readonly state: RaftState;
  readonly log: LogEntry[] = [];
  applied = 0;
  readonly #queue: Passage[];

  constructor(id: NodeId, queue: Passage[]) {
    const empty = { term: 0, votedFor: null, lastIndex: 0, termRuns: [], entrySizes: [] };
    const bootstrap = votersOnly([0, 1, 2]);
    this.state = createState({ id, storage: 0, boot: 1, bootstrap, timings: paperTimings, seed: id + 1, ...empty }, 0);
    this.#queue = queue;
  }

  input(input: CoreInput, nowNs: number): void {
    const { persist, sends, apply }: Effects = step(this.state, input, nowNs);
    if (persist?.truncateFrom !== undefined) this.log.length = persist.truncateFrom - 1;
    for (const entry of persist?.entries ?? []) this.log.push(entry);
    for (const { to, message } of sends) this.#queue.push({ from: this.state.id, to, message: this.#fill(message) });
    if (apply) this.applied = apply.to;
    if (persist) this.input({ type: 'persisted', write: persist.write }, nowNs);
  }

  #fill(message: OutgoingMessage): ConsensusMessage {
    if (message.kind === 'install-snapshot') throw new Error('nothing is compacted here');
    if (message.kind !== 'append-entries') return message;
    const { entryCount, ...fields } = message;
    const { prevLogIndex } = message;
    return { ...fields, entries: entryCount === 0 ? [] : this.log.slice(prevLogIndex, prevLogIndex + entryCount) };
  }
}

/** @returns commits per second */
function measure(outstanding: number): number {
  const queue: Passage[] = [];
  const servers = [0, 1, 2].map((id) => new Server(id, queue));
  const leader = required(servers[0], 'there are three servers');
  let nowNs = 400_000_000;
  let head = 0;
  const settle = (): void => {
    for (; head < queue.length; head++) {
      const passage = queue[head];
      if (passage) servers[passage.to]?.input({ type: 'message', from: passage.from, message: passage.message }, nowNs);
    }
    queue.length = 0;
    head = 0;
  };
  leader.input({ type: 'deadline-passed' }, nowNs);
  settle();
  if (leader.state.role.name !== 'leader') throw new Error('server 0 was not elected');
  const first = leader.applied;
  const startMs = performance.now();
  let ticket = 0;
  while (performance.now() - startMs < runMs) {
    // Everything that was outstanding is committed; the same number goes in again, each a request of its own.
    const proposals = Array.from({ length: outstanding }, () => ({ ticket: (ticket += 1), entries: [draft] }));
    nowNs += 1_000;
    leader.input({ type: 'propose', proposals }, nowNs);
    settle();
    if (leader.applied !== leader.log.length) throw new Error('not everything was committed');
  }
  return ((leader.applied - first) / (performance.now() - startMs)) * 1_000;
}

for (const outstanding of levels) {
  const results = Array.from({ length: runs }, () => Math.round(measure(outstanding)));
  const line = { bench: 'core', nodes: 3, outstanding, commits_per_s: median(results), runs: results };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
