/** A stream written by hand, as three servers of a cluster would tell it, and what a safety monitor finds in it. */
import { SafetyMonitor } from '../../main/check/safety-monitor.ts';
import type { SafetyMonitorOptions, Verdict, Violation } from '../../main/check/contract.ts';
import type { PromiseId } from '../../shared/promises.ts';
import { votersOnly, type Configuration } from '../../shared/configuration.ts';
import { paperTimings } from '../../shared/cluster-config.ts';
import type { EventBody, EventOf, LabEvent } from '../../shared/event.ts';
import { labSourceId, type BootId, type NodeId } from '../../shared/ids.ts';

type Started = Partial<Omit<EventOf<'node-started'>, 'type'>>;

/** A folder's id, different for each letter. */
export function folderOf(id: NodeId, letter = 'a'): string {
  return `${letter}${id}000000-0000-4000-8000-000000000000`;
}

export class MonitorStory {
  readonly monitor: SafetyMonitor;
  readonly violations: Violation[] = [];
  readonly events: LabEvent[] = [];
  #leader: NodeId | undefined;
  readonly #stamps = new Map<NodeId, { boot: BootId; sequence: number }>();

  /** @param servers how many start at once, with empty disks */
  constructor(servers = 3, options: SafetyMonitorOptions = { crashMayLoseEvents: false }) {
    this.monitor = new SafetyMonitor(options);
    for (let id = 0; id < servers; id++)
      this.start(id, { configuration: { index: 0, configuration: configurationOf(servers) } });
  }

  /**
   * @param skipped how many events before it are missing
   * @param late how many events of others it should have come before
   */
  tell(node: NodeId, body: EventBody, skipped = 0, late = 0): this {
    const stamp = this.#stamps.get(node) ?? { boot: 1, sequence: 0 };
    stamp.sequence += 1 + skipped;
    this.#stamps.set(node, stamp);
    const time = this.events.length + 1;
    const lamport = time - late;
    const event = { node, boot: stamp.boot, sequence: stamp.sequence, timeNs: lamport, lamport, ...body };
    this.events.push(event);
    this.violations.push(...this.monitor.observe(event));
    return this;
  }

  lab(body: EventBody): this {
    return this.tell(labSourceId, body);
  }

  /** Starts, or starts again in the next boot. */
  start(id: NodeId, found: Started = {}): this {
    const stamp = this.#stamps.get(id);
    this.#stamps.set(id, { boot: (stamp?.boot ?? 0) + 1, sequence: 0 });
    return this.tell(id, {
      type: 'node-started',
      address: { host: '127.0.0.1', port: 30_000 + id },
      storageId: folderOf(id),
      members: [],
      term: 0,
      votedFor: null,
      lastIndex: 0,
      termRuns: [],
      timings: paperTimings,
      snapshot: { lastIncludedIndex: 0, lastIncludedTerm: 0 },
      configuration: { index: 0, configuration: configurationOf(3) },
      ...found,
    });
  }

  crash(target: NodeId): this {
    return this.lab({ type: 'node-ended', target, cause: 'crashed', reason: 'a test' });
  }

  /** `id` takes office in `term`, which every server that is named enters first; a leader among them steps down. */
  elect(id: NodeId, term: number, from: number, voters: readonly NodeId[] = [0, 1, 2]): this {
    for (const voter of voters) {
      this.tell(voter, { type: 'term-changed', from, to: term, reason: 'an election' });
      if (voter === this.#leader)
        this.tell(voter, { type: 'role-changed', from: 'leader', to: 'follower', term, reason: 'a higher term' });
    }
    this.#leader = id;
    return this.tell(id, { type: 'role-changed', from: 'candidate', to: 'leader', term, reason: 'a majority' });
  }

  append(id: NodeId, firstIndex: number, lastIndex: number, term: number): this {
    return this.tell(id, { type: 'entries-appended', firstIndex, lastIndex, term, reason: 'a test' });
  }

  truncate(id: NodeId, fromIndex: number, lastIndex: number): this {
    const rule = 'truncate-only-on-conflict';
    return this.tell(id, { type: 'entries-truncated', fromIndex, lastIndex, reason: 'a test', rule });
  }

  persist(id: NodeId, lastIndex: number, term: number, votedFor: NodeId | null = null): this {
    return this.tell(id, { type: 'entries-persisted', lastIndex, term, votedFor, bytes: 1, flushNs: 1 });
  }

  commit(id: NodeId, from: number, to: number, term: number): this {
    return this.tell(id, { type: 'commit-advanced', from, to, term, reason: 'a test' });
  }

  apply(id: NodeId, from: number, to: number, digest: number): this {
    return this.tell(id, { type: 'entries-applied', from, to, digest });
  }

  /** The entry is appended and on disk at the leader and the followers that are named. */
  replicate(leader: NodeId, followers: readonly NodeId[], firstIndex: number, lastIndex: number, term: number): this {
    for (const id of [leader, ...followers]) this.append(id, firstIndex, lastIndex, term).persist(id, lastIndex, term);
    return this;
  }

  answered(requestId: string, firstIndex: number, lastIndex: number, term: number): this {
    const outcome = { kind: 'appended', firstIndex, lastIndex, term } as const;
    return this.lab({ type: 'request-answered', requestId, target: 0, latencyNs: 1, outcome });
  }

  /** The promises that were found broken, each once. */
  get broken(): readonly PromiseId[] {
    return [...new Set(this.violations.map(({ promise }) => promise))];
  }

  verdictOf(promise: PromiseId): Verdict | undefined {
    return this.monitor.verdicts().find((verdict) => verdict.promise === promise)?.verdict;
  }
}

export function configurationOf(servers: number): Configuration {
  return votersOnly(Array.from({ length: servers }, (_, id) => id));
}
