/**
 * What must hold at every moment of every run (Raft Figure 3, and what the core promises beyond it). Each check looks
 * only at what the last step changed, and compares it with what was ever seen, so that it is cheap enough for each step.
 */
import type { NodeId } from '../../shared/ids.ts';
import { assert, required } from '../../shared/assert.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type { ConsensusMessage } from '../../shared/raft-message.ts';
import { lastTerm } from '../../main/raft/log-shape.ts';
import { majorityOf } from '../../main/raft/quorum.ts';
import type { LeaderRole } from '../../main/raft/state.ts';
import type { CoreNode } from './core-node.ts';

interface Seen {
  term: number;
  commitIndex: number;
  role: CoreNode['role'];
  applied: number;
  log: readonly LogEntry[];
}

const unseen: Seen = { term: 0, commitIndex: 0, role: 'down', applied: 0, log: [] };

/** The core copies entries; what a client gave is handed on as it is. */
function isSame(left: LogEntry | undefined, right: LogEntry | undefined): boolean {
  return left?.payload === right?.payload && left?.term === right?.term;
}

export class CoreInvariants {
  /** Every entry that was ever applied anywhere; it never changes again. */
  readonly committed: { readonly entry: LogEntry; readonly inTerm: number }[] = [];
  /** How many leaders were ever elected. */
  get leaders(): number {
    return this.#leaderOfTerm.size;
  }

  readonly #nodes: ReadonlyMap<NodeId, CoreNode>;
  readonly #leaderOfTerm = new Map<number, NodeId>();
  readonly #voteOf = new Map<string, NodeId>();
  /** By index and term: the entry, and the term of the one before it. */
  readonly #entryOf = new Map<string, { readonly entry: LogEntry; readonly previousTerm: number }>();
  readonly #seen = new Map<NodeId, Seen>();

  constructor(nodes: ReadonlyMap<NodeId, CoreNode>) {
    this.#nodes = nodes;
  }

  /** A server has taken a step, or has started. */
  afterStep(node: CoreNode): void {
    const { state } = node;
    const before = this.#seen.get(node.id) ?? unseen;
    if (state) {
      assert(state.term >= before.term, `monotonic term: node ${node.id} went from ${before.term} to ${state.term}`);
      assert(
        state.commitIndex >= before.commitIndex,
        `monotonic commitIndex: node ${node.id} went back to ${state.commitIndex}`,
      );
      assert(state.commitIndex === node.applied.length, `what is committed is applied at once on node ${node.id}`);
      assert(node.wakeAtNs > 0 && Number.isFinite(node.wakeAtNs), `node ${node.id} has a deadline`);
      this.#checkLog(node, before.log);
      this.#checkApplied(node, before.applied);
      if (state.role.name === 'leader') this.#checkLeader(node, state.role, before.role !== 'leader');
    }
    this.#seen.set(node.id, {
      term: state?.term ?? node.disk.term,
      commitIndex: state?.commitIndex ?? 0,
      role: node.role,
      applied: node.applied.length,
      log: node.log.length === before.log.length && node.log.at(-1) === before.log.at(-1) ? before.log : [...node.log],
    });
  }

  /** A server went down: its next life begins at what its disk has, and applies from the start. */
  afterCrash(node: CoreNode): void {
    this.#seen.set(node.id, { ...unseen, term: node.disk.term });
  }

  /** A message leaves a server: whatever it promises is on that server's disk (rules persist-before-reply, one-vote-per-term). */
  beforeSend({ id, disk }: CoreNode, to: NodeId, message: ConsensusMessage): void {
    const { kind, term } = message;
    if (kind === 'read-index' || kind === 'read-index-reply') return;
    // Nobody is in the term of a pre-vote, and a pre-vote promises nothing.
    if (kind === 'pre-vote' || kind === 'pre-vote-reply') return;
    assert(
      disk.term >= term,
      `persist-before-reply: node ${id} sends ${kind} of term ${term} with term ${disk.term} on disk`,
    );
    const vote = kind === 'request-vote' ? id : kind === 'request-vote-reply' && message.voteGranted ? to : undefined;
    if (vote !== undefined) {
      const name = `${id} in term ${term}`;
      assert(
        (this.#voteOf.get(name) ?? vote) === vote,
        `one-vote-per-term: node ${name} votes for ${this.#voteOf.get(name)} and ${vote}`,
      );
      this.#voteOf.set(name, vote);
      assert(
        disk.term > term || disk.votedFor === vote,
        `persist-before-reply: the vote of node ${name} is not on its disk`,
      );
    }
    if (kind === 'append-entries-reply' && message.success && disk.term === term) {
      assert(
        disk.log.length >= message.matchIndex,
        `persist-before-reply: node ${id} acknowledges ${message.matchIndex}, its disk ends at ${disk.log.length}`,
      );
    }
  }

  /** Log matching (Figure 3), by induction: one entry per index and term, with one predecessor. */
  #checkLog({ id, log, core, disk }: CoreNode, seen: readonly LogEntry[]): void {
    const { log: shape, persistedIndex, commitIndex } = core;
    assert(shape.lastIndex === log.length && shape.sizes.length === log.length, `node ${id} knows how long its log is`);
    assert(lastTerm(shape) === (log.at(-1)?.term ?? 0), `node ${id} knows the last term of its log`);
    assert(commitIndex <= log.length, `node ${id} has committed what it does not have`);
    assert(lastTerm(shape) <= core.term, `node ${id} in term ${core.term} has an entry of term ${lastTerm(shape)}`);
    const durable = disk.log[persistedIndex - 1];
    assert(
      durable?.term === log[persistedIndex - 1]?.term,
      `entry ${persistedIndex} of node ${id} counts as durable, but is not`,
    );
    for (let position = log.length - 1; position >= 0 && log[position] !== seen[position]; position--) {
      const entry = required(log[position], 'a log has no gaps');
      const key = `${entry.index}:${entry.term}`;
      const previousTerm = log[position - 1]?.term ?? 0;
      const known = this.#entryOf.get(key);
      const same = !known || (isSame(known.entry, entry) && known.previousTerm === previousTerm);
      assert(same, `log matching: entry ${key} of node ${id} differs from another server's`);
      if (!known) this.#entryOf.set(key, { entry, previousTerm });
    }
  }

  /** State-machine safety (Figure 3): all servers apply the same entry at an index, in this life and any other. */
  #checkApplied({ id, applied, core }: CoreNode, seenLength: number): void {
    for (const entry of applied.slice(seenLength)) {
      const known = this.committed[entry.index - 1];
      if (known) {
        assert(isSame(known.entry, entry), `state-machine safety: node ${id} applies another entry ${entry.index}`);
        continue;
      }
      const copies = [...this.#nodes.values()].filter((node) => isSame(node.disk.log[entry.index - 1], entry)).length;
      assert(
        copies >= majorityOf(this.#nodes.size),
        `durable-quorum-commit: entry ${entry.index} commits with ${copies} durable copies`,
      );
      assert(core.role.name === 'leader', `entry ${entry.index} commits on node ${id}, which does not lead`);
      this.committed.push({ entry, inTerm: core.term });
    }
  }

  #checkLeader(node: CoreNode, role: LeaderRole, isNew: boolean): void {
    const { core, log, id } = node;
    const { term } = core;
    const other = this.#leaderOfTerm.get(term);
    assert((other ?? id) === id, `election safety: nodes ${other} and ${id} lead term ${term}`);
    this.#leaderOfTerm.set(term, id);
    if (isNew) {
      for (const { entry, inTerm } of this.committed) {
        assert(
          inTerm >= term || isSame(log[entry.index - 1], entry),
          `leader completeness: the leader of term ${term} lacks entry ${entry.index} of term ${inTerm}`,
        );
      }
    }
    for (const [follower, { matchIndex, nextIndex, inFlight }] of role.progress) {
      assert(
        matchIndex < nextIndex && nextIndex <= log.length + 1,
        `${matchIndex} < ${nextIndex} <= ${log.length} + 1 of follower ${follower}`,
      );
      assert(inFlight.length <= limits.inFlightMessagesMax, `the window of follower ${follower} is bounded`);
      const there = required(this.#nodes.get(follower), 'a follower is a node');
      if (there.disk.term !== term || matchIndex === 0) continue;
      assert(
        isSame(there.disk.log[matchIndex - 1], log[matchIndex - 1]),
        `matchIndex ${matchIndex} of follower ${follower} is not on its disk`,
      );
    }
  }
}
