/**
 * Folds the stream into verdicts about what Raft promises, one event at a time. It keeps what is known of each server
 * (`server-view.ts`), lets each watch see the event with the servers as they were before it, and then takes it in.
 */
import type { EventType, LabEvent } from '../../shared/event.ts';
import { labSourceId } from '../../shared/ids.ts';
import type { RuleId } from '../../shared/rules.ts';
import { CommittedEntries } from './committed-entries.ts';
import type { PromiseVerdict, SafetyMonitorOptions, Violation } from './contract.ts';
import { LatestMap } from './latest-map.ts';
import { historyPromises, promiseIds, promises, type PromiseId } from '../../shared/promises.ts';
import { advance, restart, unseenServer, type ServerView } from './server-view.ts';
import { VerdictBook } from './verdict-book.ts';
import type { ClusterView, Dispatch, Finding, Handle, WatchContext } from './watch.ts';
import { watches } from './watches.ts';

const none: readonly Violation[] = [];
const streamPromises = promiseIds.filter((promise) => !historyPromises.includes(promise));
const serversMax = 1_000;

export class SafetyMonitor {
  readonly #options: Required<Omit<SafetyMonitorOptions, 'after'>>;
  readonly #book: VerdictBook;
  readonly #dispatch = new Map<EventType, Dispatch>();
  #finishers: (() => void)[] = [];
  #cluster: ClusterView;
  #clusterId: string | undefined;
  #found: Violation[] = [];
  #present: LabEvent | undefined;

  constructor({ after, ...options }: SafetyMonitorOptions = {}) {
    this.#options = { crashMayLoseEvents: true, violationsMax: 20, tableMax: 100_000, ...options };
    this.#book = new VerdictBook(streamPromises, this.#options.violationsMax);
    this.#cluster = this.#begin();
    if (after) Object.assign(this.#serverOf(after), { boot: after.boot, sequence: after.sequence });
  }

  /** The next event in merged order. Returns the violations that it shows; mostly none. */
  observe(event: LabEvent): readonly Violation[] {
    const server = this.#serverOf(event);
    this.#followSequence(server, event);
    const dispatch = this.#dispatch.get(event.type);
    if (dispatch === undefined) return this.#found.length === 0 ? none : this.#take();
    this.#present = event;
    for (const handler of dispatch.any) handler.handle(event, server);
    if (event.type === 'node-started') {
      restart(server, event);
    } else if (server.known && server.started) {
      for (const handler of dispatch.known) handler.handle(event, server);
      if (event.type === 'commit-advanced') this.#cluster.committed.add(server.folder.log, event.to, event.term, event);
      advance(server, event);
      if (server.folder.log.runCount > this.#options.tableMax) this.#forget(server, 'its log has too many terms');
    }
    return this.#found.length === 0 ? none : this.#take();
  }

  /** The stream has ended: what should have been followed by something was not. */
  finish(): readonly Violation[] {
    for (const finisher of this.#finishers) finisher();
    return this.#take();
  }

  /** Of the promises that the stream decides. */
  verdicts(): readonly PromiseVerdict[] {
    return this.#book.verdicts();
  }

  /** How often evidence was lost so far. */
  get losses(): number {
    return this.#book.losses;
  }

  /** The rules that are off and were passed over, the latest last. */
  get waived(): readonly RuleId[] {
    return [...this.#cluster.waived.keys()];
  }

  #take(): readonly Violation[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #serverOf(event: Pick<LabEvent, 'node'>): ServerView {
    const { servers } = this.#cluster;
    const known = servers.get(event.node);
    if (known) return known;
    if (servers.size >= serversMax) this.#loseAll('too many servers to follow');
    const server = unseenServer(event.node);
    servers.set(event.node, server);
    return server;
  }

  /** Events of one life of a server are numbered without gaps. */
  #followSequence(server: ServerView, event: LabEvent): void {
    const { boot, sequence } = event;
    if (boot === server.boot && sequence === server.sequence + 1) {
      server.sequence = sequence;
      return;
    }
    // A wiped folder counts its boots anew.
    const begins = sequence === 1;
    if (begins && server.started) this.#lifeEnded(server, true);
    if (!begins) this.#forget(server, `events are missing before number ${sequence} of boot ${boot}`);
    server.boot = boot;
    server.sequence = sequence;
  }

  /** What only its own events could tell is not known any more, until it starts again. */
  #forget(server: ServerView, why: string): void {
    if (server.id === labSourceId) return this.#book.lose('acknowledged-kept', `of the lab, ${why}`);
    server.known = false;
    server.folder.tailUnknown = true;
    this.#cluster.incomplete = true;
    this.#loseAll(`of node ${server.id}, ${why}`);
  }

  #loseAll(reason: string): void {
    for (const promise of streamPromises) this.#book.lose(promise, reason);
  }

  #lifeEnded(server: ServerView, crashed: boolean): void {
    server.role = 'follower';
    server.started = false;
    if (!crashed || !this.#options.crashMayLoseEvents) return;
    server.folder.tailUnknown = true;
    this.#cluster.incomplete = true;
  }

  #begin(): ClusterView {
    const { tableMax, crashMayLoseEvents } = this.#options;
    const cluster: ClusterView = {
      servers: new Map(),
      offices: new LatestMap(tableMax),
      branches: new LatestMap(tableMax),
      committed: new CommittedEntries(tableMax),
      waived: new Map(),
      incomplete: false,
    };
    this.#dispatch.clear();
    this.#finishers = [];
    const dispatchOf = (type: EventType): Dispatch => {
      let dispatch = this.#dispatch.get(type);
      if (!dispatch) this.#dispatch.set(type, (dispatch = { known: [], any: [] }));
      return dispatch;
    };
    const context: WatchContext = {
      cluster,
      crashMayLoseEvents,
      tableMax,
      on: <Type extends EventType>(type: Type, handle: Handle<Type>) => {
        dispatchOf(type).known.push({ handle });
      },
      onAny: <Type extends EventType>(type: Type, handle: Handle<Type>) => {
        dispatchOf(type).any.push({ handle });
      },
      onFinish: (handle) => this.#finishers.push(handle),
      report: (promise, finding) => this.#report(promise, finding),
      lose: (promise, reason) => this.#book.lose(promise, reason),
    };
    for (const type of ['term-changed', 'snapshot-saved', 'log-compacted', 'node-started'] as const) dispatchOf(type);
    this.#followLab(context);
    for (const watch of watches) watch(context);
    return cluster;
  }

  /** What the lab tells of its servers. */
  #followLab({ cluster, onAny }: WatchContext): void {
    onAny('rule-waived', (event) => {
      cluster.waived.delete(event.rule);
      cluster.waived.set(event.rule, event);
    });
    onAny('node-ended', ({ target, cause }) => {
      const server = cluster.servers.get(target);
      if (server) this.#lifeEnded(server, cause !== 'stopped');
    });
    onAny('cluster-started', ({ clusterId }, lab) => {
      const isAnother = this.#clusterId !== undefined && this.#clusterId !== clusterId;
      this.#clusterId = clusterId;
      if (!isAnother) return;
      this.#cluster = this.#begin();
      this.#cluster.servers.set(labSourceId, lab);
    });
  }

  #report(promise: PromiseId, { sentence, against = [], rule }: Finding): void {
    const guards: readonly string[] = promises[promise].guards;
    const waived = [...this.#cluster.waived.keys()].findLast((id) => guards.includes(id));
    const guard = waived ?? rule ?? promises[promise].guards[0];
    const events = [...against, this.#present].filter((event) => event !== undefined);
    const violation = { promise, ...(guard && { rule: guard }), sentence, events: [...new Set(events)] };
    if (this.#book.add(violation)) this.#found.push(violation);
  }
}
