/**
 * One running cluster: its nodes, each a worker thread, and the faults that are in force. It reports what is done to it and
 * what becomes of its nodes. How one comes about is in cluster-start.ts.
 */
import { required } from '../../shared/assert.ts';
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import { limits, type Member } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { HeldEntry } from '../../shared/query.ts';
import type { RuleId } from '../../shared/rules.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { didNotStart, doesNotRun, machineWords, runsAlready } from '../lab-words.ts';
import { membersWith, saveMembers, type ClusterFolder } from './cluster-folder.ts';
import type { ClusterOptions } from './cluster-options.ts';
import type { EventStream } from './event-stream.ts';
import { FaultBoard } from './fault-board.ts';
import { nameAside, setAside } from './folders-aside.ts';
import { NodeHandle } from './node-handle.ts';
import type { NodeLaunch } from './node-life.ts';
import { describeStart, nodeOptions } from './node-options.ts';
import { NodeSeeds } from './node-seeds.ts';

export class Cluster {
  readonly #options: ClusterOptions;
  readonly #stream: EventStream;
  /** Addresses as they are now: a restart may have to take another port. */
  #members: readonly Member[];
  /** The latest life of each node that was ever launched. */
  readonly #nodes = new Map<NodeId, NodeHandle>();
  readonly faults: FaultBoard;
  readonly #seeds: NodeSeeds;
  #rulesOff: readonly RuleId[];
  /** Set when the cluster is being stopped: from then on nothing is launched. */
  #stopped: Promise<void> | undefined;

  constructor(options: ClusterOptions) {
    this.#options = options;
    this.#stream = options.stream;
    this.#members = options.members;
    this.#rulesOff = options.rulesOff ?? [];
    this.#seeds = new NodeSeeds(options.seed);
    this.faults = new FaultBoard(options.stream, (id) => this.#latestLife(id));
  }

  get members(): readonly Member[] {
    return this.#members;
  }

  get folder(): ClusterFolder {
    return this.#options.folder;
  }

  has(id: NodeId): boolean {
    return this.#members.some((member) => member.id === id);
  }

  /** Launches every node and waits until each is ready or has ended. Reports the cluster first. */
  async launchAll(): Promise<ReadonlyMap<NodeId, NodeLaunch>> {
    this.#stream.emit(describeStart(this.#options, this.#members));
    const handles = this.#members.map((member) => this.#launch(member.id));
    const launches = await Promise.all(handles.map(async (handle) => [handle.id, await handle.launched] as const));
    return new Map(launches);
  }

  /** Starts a node that has ended, on the folder that it left. Its port, if taken meanwhile, is replaced by a free one. */
  async startNode(id: NodeId): Promise<Result<null>> {
    const before = this.#latestLife(id);
    if (before.state === 'stopping') await before.ended;
    if (this.#stopped) return fail('not-running', 'The cluster is being stopped. Start it again.');
    const latest = this.#latestLife(id);
    if (latest.state !== 'ended') return { ok: false, failure: runsAlready(id, latest.state) };
    let launch = await this.#launch(id).launched;
    if (!launch.ok && launch.end.code === 'port-taken' && !this.#stopped) launch = await this.#launchElsewhere(id);
    return launch.ok ? succeed(null) : { ok: false, failure: didNotStart(id, launch.end.reason) };
  }

  /** Closes a node cleanly. */
  async stopNode(id: NodeId): Promise<Result<null>> {
    const handle = this.#latestLife(id);
    if (handle.state === 'ended') return { ok: false, failure: doesNotRun(id) };
    this.faults.machines.resume(id, machineWords.resumeToStop);
    const end = await handle.stop(this.#stream.clock.lamport);
    return end.cause === 'failed'
      ? fail('internal', `Node ${id} did not stop as it should: ${end.reason}`)
      : succeed(null);
  }

  /** Kills a node's thread where it stands. */
  async crashNode(id: NodeId): Promise<Result<null>> {
    const handle = this.#latestLife(id);
    if (handle.state === 'ended') return { ok: false, failure: doesNotRun(id) };
    await handle.crash();
    return succeed(null);
  }

  /** Ends the node and sets its folder aside; the next start makes a new one. */
  async wipeNode(id: NodeId): Promise<Result<null>> {
    const name = nameAside(this.folder.path, id);
    const reason = `Its folder is set aside as ${name}. It has forgotten everything, and counts again when it is added again.`;
    this.#stream.emit({ type: 'node-fault', target: id, fault: 'wipe', faultRule: `wipe ${id}`, reason });
    const handle = this.#latestLife(id);
    if (handle.state !== 'ended') await handle.crash('Its folder is gone.');
    return setAside(this.folder.path, id, name);
  }

  /** These rules of Raft are off from now on, on every node, also on one that is started later. */
  setRules(rulesOff: readonly RuleId[]): void {
    this.#rulesOff = rulesOff;
    const { lamport } = this.#stream.clock;
    for (const handle of this.#nodes.values()) handle.set({ type: 'configure', rulesOff, lamport });
  }

  /** Whether a request to this node would be sent. */
  takesRequests(id: NodeId): Result<null> {
    return this.#latestLife(id).takesRequests();
  }

  request(id: NodeId, requestId: string, request: ClientRequest, timeoutMs?: number): Promise<Result<ClientAnswer>> {
    const boundMs = timeoutMs ?? limits.requestTimeoutMs;
    return this.#latestLife(id).request(requestId, request, boundMs, this.#stream.clock.lamport);
  }

  /** An entry as this node holds it now. */
  heldEntry(id: NodeId, index: number): Promise<Result<HeldEntry>> {
    return this.#latestLife(id).entries.ask(index);
  }

  /** Stops every node, by force where it does not end in time, and reports the end of the cluster. Once. */
  stop(reason: string): Promise<void> {
    this.#stopped ??= this.#stopAll(reason);
    return this.#stopped;
  }

  async #stopAll(reason: string): Promise<void> {
    for (const { id } of this.#members) this.faults.machines.resume(id, machineWords.resumeToStop);
    const lamport = this.#stream.clock.lamport;
    await Promise.all([...this.#nodes.values()].map((handle) => handle.stop(lamport)));
    this.#stream.emit({ type: 'cluster-stopped', reason });
  }

  #latestLife(id: NodeId): NodeHandle {
    return required(this.#nodes.get(id), `node ${id} is a member, and every member was launched`);
  }

  /** @param members replaces the addresses that this node is given. */
  #launch(id: NodeId, members = this.#members): NodeHandle {
    this.#stream.emit({ type: 'node-launched', target: id });
    const source = this.#stream.openSource(id);
    const handle = new NodeHandle({
      spawn: this.#options.spawn,
      ...(this.#options.bounds && { bounds: this.#options.bounds }),
      node: {
        ...nodeOptions(this.#options, id),
        members,
        ...this.#seeds.next(id),
        ...this.faults.launchOptions(id),
        rulesOff: this.#rulesOff,
      },
      onEvents: (events) => this.#stream.feed(source, events),
      onPaused: () => this.#stream.closeSource(source),
      onResumed: () => this.#stream.reopenSource(source, id),
      onEnded: (end) => {
        this.faults.machines.forgetPause(id);
        this.#stream.closeSource(source);
        this.#stream.emit({ type: 'node-ended', target: id, cause: end.cause, reason: end.reason });
      },
    });
    this.#nodes.set(id, handle);
    return handle;
  }

  /** Somebody else has the node's port: any free one will do, the others learn it from its datagrams. */
  async #launchElsewhere(id: NodeId): Promise<NodeLaunch> {
    const wanted = required(
      this.#members.find((member) => member.id === id),
      `node ${id} is a member`,
    ).address;
    const launch = await this.#launch(id, membersWith(this.#members, { id, address: { ...wanted, port: 0 } })).launched;
    if (!launch.ok) return launch;
    const got = launch.address.port;
    this.#members = membersWith(this.#members, { id, address: launch.address });
    const reason = `Port ${wanted.port} is taken by another program; node ${id} listens on ${got} now. The other nodes learn it from what it sends.`;
    this.#stream.emit({ type: 'ports-moved', wanted: wanted.port, got, reason });
    // A record that can't be written now is no reason to stop: addresses in it are hints.
    saveMembers(this.folder, this.#members);
    return launch;
  }
}
