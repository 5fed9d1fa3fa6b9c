/**
 * One running cluster of the simulated lab: its servers, what is done to them, and who waits for an answer of theirs.
 */
import type { ClientAnswer, ClientRequest } from '../../../shared/client-request.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import type { FaultRule } from '../../../shared/fault-rule.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { required } from '../../../shared/assert.ts';
import type { HeldEntry } from '../../../shared/query.ts';
import { succeed, type Failure, type Result } from '../../../shared/result.ts';
import type { RuleId } from '../../../shared/rules.ts';
import {
  didNotStart,
  doesNotRun,
  endedAtWork,
  hasTooManyRequests,
  machineWords,
  runsAlready,
  takesNoRequests,
  wasSilent,
} from '../../lab-words.ts';
import { LinkBoard } from '../../faults/link-board.ts';
import { heldEntry } from '../../node/held-entry.ts';
import { createClusterAt, type ClusterHome, type ClusterSetup, type SimCluster } from '../sim-cluster.ts';
import type { SimNode } from '../sim-node.ts';
import { MachineBoard } from './machine-board.ts';
import type { SimStream } from './sim-stream.ts';

export interface LabClusterOptions {
  readonly stream: SimStream;
  readonly home: ClusterHome;
  readonly setup: ClusterSetup;
  /** How long a request takes to its server, ns. */
  readonly requestNs: number;
}

/** One request to one server. */
export interface NodeAsk {
  readonly target: NodeId;
  readonly requestId: string;
  readonly request: ClientRequest;
  /** After this the server answers that it has no answer; default `limits.requestTimeoutMs`. */
  readonly timeoutMs?: number;
}

/** How much longer than the server a client waits, ms. */
const answerMarginMs = 1_000;

export class LabCluster {
  readonly ids: readonly NodeId[];
  readonly links: LinkBoard;
  readonly machines: MachineBoard;
  readonly #options: LabClusterOptions;
  readonly #cluster: SimCluster;
  /** Requests that wait for an answer. */
  readonly #waiting = new Map<NodeId, number>();

  constructor(options: LabClusterOptions) {
    const { stream, home, setup } = options;
    this.#options = options;
    this.#cluster = createClusterAt(home, setup, stream.onEvent, (id) => this.machines.onEnded(id));
    this.ids = this.#cluster.nodes.map(({ id }) => id);
    this.links = this.#linkBoard();
    this.machines = new MachineBoard(this.#cluster.nodes, stream);
  }

  get seed(): number {
    return this.#options.setup.seed;
  }

  has(id: NodeId): boolean {
    return this.ids.includes(id);
  }

  /** Reports the cluster and launches its servers. */
  start(): void {
    this.#cluster.start();
  }

  /** Stops every server and reports the end of the cluster. */
  stop(reason: string): void {
    for (const { id } of this.#cluster.nodes) this.machines.stop(id);
    this.#options.stream.emit({ type: 'cluster-stopped', reason });
  }

  /** Starts a server that has ended, on the folder that it left. */
  startNode(id: NodeId): Result<null> {
    const node = this.#node(id);
    if (node.isRunning) return failed(runsAlready(id, 'running'));
    const problem = node.launch();
    return problem === undefined ? succeed(null) : failed(didNotStart(id, problem));
  }

  /** Closes a server cleanly. */
  stopNode(id: NodeId): Result<null> {
    if (!this.#node(id).isRunning) return failed(doesNotRun(id));
    this.machines.stop(id);
    return succeed(null);
  }

  /** Kills a server's process where it stands. */
  crashNode(id: NodeId): Result<null> {
    if (!this.#node(id).isRunning) return failed(doesNotRun(id));
    this.#node(id).kill();
    return succeed(null);
  }

  /** These rules of Raft are off from now on, on every server, also on one that is started later. */
  setRules(rulesOff: readonly RuleId[]): void {
    for (const node of this.#cluster.nodes) node.setRules(rulesOff);
  }

  /** @returns how many faults were taken back */
  healAll(): number {
    return this.links.healAll() + this.machines.healAll();
  }

  /** Whether a request to this server would be sent. */
  takesRequests(id: NodeId): Result<null> {
    if (!this.#node(id).isRunning) return failed(takesNoRequests(id));
    const { waitingRequestsMax } = limits;
    if ((this.#waiting.get(id) ?? 0) < waitingRequestsMax) return succeed(null);
    return failed(hasTooManyRequests(id, waitingRequestsMax));
  }

  /** Asks a server; `done` comes once, in the middle of its turn. */
  request(ask: NodeAsk, done: (result: Result<ClientAnswer>) => void): void {
    const { target, timeoutMs = limits.requestTimeoutMs } = ask;
    const taken = this.takesRequests(target);
    if (!taken.ok) return done(taken);
    const { world } = this.#cluster;
    this.#waiting.set(target, (this.#waiting.get(target) ?? 0) + 1);
    let isDone = false;
    const finish = (result: Result<ClientAnswer>): void => {
      if (isDone) return;
      isDone = true;
      this.#waiting.set(target, (this.#waiting.get(target) ?? 0) - 1);
      done(result);
    };
    const patienceNs = (timeoutMs + answerMarginMs) * nanosecondsPerMillisecond;
    world.call(world.nowNs + patienceNs, () => finish(failed(wasSilent(target, timeoutMs))));
    const node = this.#node(target);
    const asked = node.state;
    world.call(world.nowNs + this.#options.requestNs, () => {
      // It is on its way to this process and no other.
      if (node.state !== asked) return finish(failed(endedAtWork(target)));
      return node.request(ask.requestId, ask.request, timeoutMs, finish);
    });
  }

  /** An entry as this server holds it now. */
  heldEntry(id: NodeId, index: number): Result<HeldEntry> {
    const { state, storage } = this.#node(id);
    if (!state || !storage) return failed(doesNotRun(id, machineWords.noLook));
    return heldEntry(id, state.log, storage, index);
  }

  /** One network holds the rules of all receivers. */
  #linkBoard(): LinkBoard {
    const byReceiver = new Map<NodeId, readonly FaultRule[]>();
    const { faults } = this.#cluster;
    return new LinkBoard({
      tell: (event) => this.#options.stream.emit(event),
      send: (to, rules) => {
        byReceiver.set(to, rules);
        faults.setRules([...byReceiver.values()].flat());
      },
    });
  }

  #node(id: NodeId): SimNode {
    return required(this.#cluster.nodes[id], `node ${id} is of this cluster`);
  }
}

function failed(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}
