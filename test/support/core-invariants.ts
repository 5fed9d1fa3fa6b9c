/**
 * What must hold at every moment of every run (Raft Figure 3, and what the core promises beyond it). Each check looks
 * only at what the last step changed, and compares it with what was ever seen, so that it is cheap enough for each step.
 */
import type { NodeId } from '../../shared/ids.ts';
import { assert, required } from '../../shared/assert.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type { ConsensusMessage } from '../../shared/raft-message.ts';
import type { Configuration, Server } from '../../shared/configuration.ts';
import { lastTerm } from '../../main/raft/log-shape.ts';
import { majorityOf } from '../../main/raft/quorum.ts';
import { configurationOf, type LeaderRole } from '../../main/raft/state.ts';
import { checkConfiguration } from './core-configuration-checks.ts';
import { checkSent } from './core-message-checks.ts';
import { isSameEntry } from './core-disk.ts';
import type { CoreNode } from './core-node.ts';

interface Seen {
  term: number;
  commitIndex: number;
  role: CoreNode['role'];
  applied: number;
  log: readonly LogEntry[];
  configuration: Configuration | undefined;
}

const unseen: Seen = { term: 0, commitIndex: 0, role: 'down', applied: 0, log: [], configuration: undefined };

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
  /** By storage number. */
  readonly #lostLogs = new Map<number, readonly LogEntry[]>();

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
      checkConfiguration(node);
      this.#checkApplied(node, before);
      if (state.role.name === 'leader') this.#checkLeader(node, state.role, before.role !== 'leader');
    }
    this.#seen.set(node.id, {
      term: state?.term ?? node.disk.term,
      commitIndex: state?.commitIndex ?? 0,
      role: node.role,
      applied: node.applied.length,
      log: node.log.length === before.log.length && node.log.at(-1) === before.log.at(-1) ? before.log : [...node.log],
      configuration: state && configurationOf(state),
    });
  }

  /** A server loses its folder: what it acknowledged from there was true. */
  beforeWipe({ disk }: CoreNode): void {
    this.#lostLogs.set(disk.storage, disk.log);
  }

  /** A server went down: its next life begins at what its disk has, and applies from the start. */
  afterCrash(node: CoreNode): void {
    this.#seen.set(node.id, { ...unseen, term: node.disk.term });
  }

  /** A message leaves a server. */
  beforeSend(node: CoreNode, to: NodeId, message: ConsensusMessage): void {
    checkSent(node, to, message, this.#voteOf);
  }

  /** Log matching (Figure 3), by induction: one entry per index and term, with one predecessor. */
  #checkLog({ id, log, core, disk, compacted }: CoreNode, seen: readonly LogEntry[]): void {
    const { log: shape, persistedIndex, commitIndex } = core;
    const held = { first: shape.base.index + 1, last: shape.lastIndex, count: shape.sizes.length };
    const isKnown = held.first === compacted + 1 && held.last === log.length && held.count === log.length - compacted;
    assert(isKnown, `node ${id} knows which entries it holds`);
    assert(shape.base.term === (log[compacted - 1]?.term ?? 0), `node ${id} knows the term before its first entry`);
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
      const same = !known || (isSameEntry(known.entry, entry) && known.previousTerm === previousTerm);
      assert(same, `log matching: entry ${key} of node ${id} differs from another server's`);
      if (!known) this.#entryOf.set(key, { entry, previousTerm });
    }
  }

  /** State-machine safety (Figure 3): all servers apply the same entry at an index, in this life and any other. */
  #checkApplied({ id, applied, core, role }: CoreNode, before: Seen): void {
    for (const entry of applied.slice(before.applied)) {
      const known = this.committed[entry.index - 1];
      if (known) {
        assert(
          isSameEntry(known.entry, entry),
          `state-machine safety: node ${id} applies another entry ${entry.index}`,
        );
        continue;
      }
      assert(
        role === 'leader' || before.role === 'leader',
        `entry ${entry.index} commits on node ${id}, which does not lead`,
      );
      this.#checkDurable(entry, before.configuration ?? configurationOf(core));
      this.committed.push({ entry, inTerm: core.term });
    }
  }

  /** A majority of each side of the configuration that the leader went by has it on disk. */
  #checkDurable(entry: LogEntry, { voters, outgoing }: Configuration): void {
    const has = ({ id, storage }: Server): boolean => {
      const disk = this.#nodes.get(id)?.disk;
      const log = storage === 0 || storage === disk?.storage ? disk?.log : this.#lostLogs.get(storage);
      return isSameEntry(log?.[entry.index - 1], entry);
    };
    for (const group of outgoing.length > 0 ? [voters, outgoing] : [voters]) {
      const copies = group.filter(has).length;
      assert(
        copies >= majorityOf(group.length),
        `durable-quorum-commit: entry ${entry.index} commits with ${copies} durable copies of ${group.length}`,
      );
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
          inTerm >= term || isSameEntry(log[entry.index - 1], entry),
          `leader completeness: the leader of term ${term} lacks entry ${entry.index} of term ${inTerm}`,
        );
      }
    }
    for (const [follower, { matchIndex, nextIndex, inFlight, storage }] of role.progress) {
      assert(
        matchIndex < nextIndex && nextIndex <= log.length + 1,
        `${matchIndex} < ${nextIndex} <= ${log.length} + 1 of follower ${follower}`,
      );
      assert(inFlight.length <= limits.inFlightMessagesMax, `the window of follower ${follower} is bounded`);
      const there = this.#nodes.get(follower);
      if (there?.disk.term !== term || there.disk.storage !== storage || matchIndex === 0) continue;
      assert(
        isSameEntry(there.disk.log[matchIndex - 1], log[matchIndex - 1]),
        `matchIndex ${matchIndex} of follower ${follower} is not on its disk`,
      );
    }
  }
}
