/**
 * Three real servers in a quiet world: the real node host, transport and write-ahead log, over files in memory. Everything that
 * they say to each other is captured. A fourth member has the key and an address, and nobody runs it: the liar.
 */
import { parse } from 'uuid';
import { required } from '../../../shared/assert.ts';
import type { ClientAnswer, ClientRequest } from '../../../shared/client-request.ts';
import { paperTimings, type Address, type Member } from '../../../shared/cluster-config.ts';
import type { BootId, NodeId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { openStorage } from '../../disk/open-storage.ts';
import { PowerCutFiles } from '../../faults/power-cut-files.ts';
import { createLamportClock, type LamportClock } from '../../lamport-clock.ts';
import { createDatagramTransport } from '../../net/datagram-transport.ts';
import { isControl } from '../../net/message-kinds.ts';
import { decodeHeader } from '../../net/wire-header.ts';
import { recoverState } from '../../node/initial-state.ts';
import { NodeHost } from '../../node/node-host.ts';
import type { DatagramKind } from '../../ports.ts';
import type { RaftState } from '../../raft/state.ts';
import { QuietWorld } from './quiet-world.ts';
import { Tally } from './tally.ts';

export const clusterId = '6f1c2a52-7f0e-4d7e-9a55-0c8a3f5b7d11';
export const clusterIdBytes = parse(clusterId);
export const clusterKey = new Uint8Array(32).fill(7);
export const servers: readonly NodeId[] = [0, 1, 2];
export const liar: NodeId = 3;

export function addressOf(id: NodeId): Address {
  return { host: '127.0.0.1', port: 11_110 + id };
}

const members: readonly Member[] = [...servers, liar].map((id) => ({ id, address: addressOf(id) }));

/** A datagram as somebody on the way could have kept it. */
export interface Capture {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly fromBoot: BootId;
  /** As the sender knew it; 0 when it did not. */
  readonly toBoot: BootId;
  readonly kind: DatagramKind;
  readonly bytes: Uint8Array;
}

export interface QuietNode {
  readonly id: NodeId;
  readonly boot: BootId;
  readonly state: RaftState;
  readonly lamport: LamportClock;
  readonly host: NodeHost;
}

/** The latest captures are kept. */
const capturesMax = 20_000;

export class QuietCluster {
  readonly world = new QuietWorld();
  readonly captures: Capture[] = [];
  isCapturing = true;
  readonly tally = new Tally();
  /** Messages that reached a server, writes that it asked of its disk, servers that gave up: what must not come of hostile input. */
  readonly acts = { delivered: 0, written: 0, failed: [] as string[] };
  /** Passes for the transports alone, whose limits count seconds. */
  netNs = 0;
  readonly #files = new Map<NodeId, PowerCutFiles>();
  readonly #nodes = new Map<NodeId, QuietNode>();
  readonly #answers = new Map<string, (result: Result<ClientAnswer>) => void>();
  #requests = 0;
  #captured = 0;

  constructor(seed: number) {
    for (const id of servers) {
      this.#files.set(id, new PowerCutFiles());
      this.#nodes.set(id, this.#launch(id, seed + id));
    }
    this.world.onSend = (bytes) => {
      if (this.isCapturing) this.#capture(bytes);
    };
  }

  node(id: NodeId): QuietNode {
    return required(this.#nodes.get(id), `server ${id} is there`);
  }

  restart(id: NodeId): void {
    this.stop(id);
    this.start(id);
  }

  stop(id: NodeId): void {
    this.node(id).host.stop('to be started again');
    this.world.settle();
  }

  start(id: NodeId): void {
    this.#nodes.set(id, this.#launch(id, id + 77));
  }

  leader(): NodeId {
    const leading = (): NodeId | undefined => servers.find((id) => this.node(id).state.role.name === 'leader');
    this.world.runUntil(() => leading() !== undefined, 'a leader');
    return required(leading(), 'there is one');
  }

  /** Asks a server, again until that works. */
  ask(id: NodeId, request: ClientRequest): ClientAnswer {
    let why = '';
    for (let tries = 0; tries < 30; tries += 1) {
      const key = `r${(this.#requests += 1)}`;
      let answer: Result<ClientAnswer> | undefined;
      this.#answers.set(key, (result) => (answer = result));
      this.node(id).host.request(key, request, 5_000);
      this.world.runUntil(() => answer !== undefined, `an answer to ${request.kind}`);
      if (answer?.ok === true) return answer.value;
      why = answer?.failure.message ?? '';
      // Who leads may have to show first.
      this.world.pass(paperTimings.electionTimeoutMaxMs);
    }
    throw new Error(`Server ${id} would not do ${request.kind}: ${why}`);
  }

  #launch(id: NodeId, seed: number): QuietNode {
    const { world, tally } = this;
    const storage = openStorage(required(this.#files.get(id), 'it has a folder'));
    const write = storage.write.bind(storage);
    storage.write = (change) => {
      this.acts.written += 1;
      write(change);
    };
    const { boot } = storage.recovered;
    const lamport = createLamportClock();
    const clock = world.createClock();
    const state = recoverState({ id, voters: servers, timings: paperTimings, seed }, storage.recovered, world.nowNs);
    const transport = createDatagramTransport({
      self: id,
      boot,
      clusterId,
      key: clusterKey,
      members,
      datagrams: world.openDatagrams(addressOf(id)),
      lamport,
      emit: (event) => {
        lamport.tick();
        tally.note(event);
      },
      nowNs: () => world.nowNs + this.netNs,
      admit: (_from, kind) => {
        if (isControl(kind)) tally.controls += 1;
        return { kind: 'pass' };
      },
      currentTerm: () => state.term,
    });
    const host = new NodeHost({
      state,
      storage,
      clock,
      transport: {
        send: (to, message) => transport.send(to, message),
        onMessage: (handler) =>
          transport.onMessage((from, message) => {
            this.acts.delivered += 1;
            handler(from, message);
          }),
        close: () => transport.close(),
      },
      emit: () => lamport.tick(),
      answer: (key, result) => this.#answers.get(key)?.(result),
      onFailed: (code, reason) => this.acts.failed.push(`server ${id} gave up: ${code}, ${reason}`),
      snapshotEveryEntries: 8,
    });
    return { id, boot, state, lamport, host };
  }

  /** In turn, when there are many: no draw, so that a seed means the same however much was said. */
  #capture(bytes: Uint8Array): void {
    const header = decodeHeader(bytes, clusterIdBytes, null);
    if (!header.ok) throw new Error(header.reason);
    const { senderId: from, receiverId: to, boot: fromBoot, receiverBoot: toBoot, kind } = header.value;
    if (to === liar) return;
    this.captures[this.#captured % capturesMax] = { from, to, fromBoot, toBoot, kind, bytes: Uint8Array.from(bytes) };
    this.#captured += 1;
  }
}
