/** Several real node hosts in this thread: real disk in temporary folders, real UDP on 127.0.0.1, the real clock. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import { paperTimings, type Address } from '../../shared/cluster-config.ts';
import type { LabEvent } from '../../shared/event.ts';
import { cutRuleId, type FaultRule } from '../../shared/fault-rule.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { openFolder } from '../../main/disk/node-files.ts';
import { openStorage } from '../../main/disk/open-storage.ts';
import { createLinkFaults, type LinkFaults } from '../../main/faults/link-faults.ts';
import { createLamportClock } from '../../main/lamport-clock.ts';
import { createDatagramTransport } from '../../main/net/datagram-transport.ts';
import { openUdpDatagrams, type UdpDatagrams } from '../../main/net/udp-datagrams.ts';
import { keyFromClusterId } from '../../main/node/cluster-key.ts';
import { EventStamper } from '../../main/node/event-stamper.ts';
import { recoverState } from '../../main/node/initial-state.ts';
import { NodeHost } from '../../main/node/node-host.ts';
import { createSystemClock } from '../../main/node/system-clock.ts';
import type { RaftState } from '../../main/raft/state.ts';
import { until } from './until.ts';

export interface RealNode {
  readonly id: NodeId;
  readonly state: RaftState;
  readonly host: NodeHost;
  readonly events: LabEvent[];
  readonly faults: LinkFaults;
  readonly datagrams: UdpDatagrams;
}

export class RealCluster {
  readonly folder = mkdtempSync(join(tmpdir(), 'raft-nodes-'));
  readonly #originNs = process.hrtime.bigint();
  readonly clusterId = randomUUID();
  /** Where its nodes listen, by id. */
  readonly addresses: Address[] = [];
  readonly #running = new Map<NodeId, RealNode>();
  readonly #answers = new Map<string, (result: Result<ClientAnswer>) => void>();
  #asked = 0;

  /** Starts `size` nodes; the system chooses their ports, and they keep them. */
  static async start(size: number): Promise<RealCluster> {
    const cluster = new RealCluster();
    const sockets: UdpDatagrams[] = [];
    for (let id = 0; id < size; id++) sockets.push(await openUdpDatagrams({ host: '127.0.0.1', port: 0 }));
    cluster.addresses.push(...sockets.map(({ localAddress }) => localAddress));
    for (const [id, datagrams] of sockets.entries()) cluster.#run(id, datagrams);
    return cluster;
  }

  async restart(id: NodeId): Promise<RealNode> {
    return this.#run(id, await openUdpDatagrams(this.addresses[id] ?? { host: '127.0.0.1', port: 0 }));
  }

  get key(): Uint8Array {
    return keyFromClusterId(this.clusterId);
  }

  get running(): readonly RealNode[] {
    return [...this.#running.values()];
  }

  async stop(id: NodeId): Promise<void> {
    const node = this.#running.get(id);
    this.#running.delete(id);
    node?.host.stop('test');
    await node?.datagrams.closed;
  }

  async close(): Promise<void> {
    for (const { id } of this.running) await this.stop(id);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Waits until one leads and every running node knows it. */
  async leader(): Promise<RealNode> {
    return await until(() => {
      const leader = this.running.find(({ state }) => state.role.name === 'leader');
      const isKnown = this.running.every(
        ({ state }) =>
          state === leader?.state || (state.role.name === 'follower' && state.role.leaderId === leader?.id),
      );
      return isKnown ? leader : undefined;
    }, 'a leader whom all know');
  }

  async ask(node: RealNode, request: ClientRequest, timeoutMs = 30_000): Promise<Result<ClientAnswer>> {
    this.#asked += 1;
    const requestId = `request ${this.#asked}`;
    return await new Promise((resolve) => {
      this.#answers.set(requestId, resolve);
      node.host.request(requestId, request, timeoutMs);
    });
  }

  async append(node: RealNode, ...texts: string[]): Promise<Result<ClientAnswer>> {
    return await this.ask(node, { kind: 'append', entries: texts.map((text) => new TextEncoder().encode(text)) });
  }

  async texts(node: RealNode): Promise<string[]> {
    const result = await this.ask(node, { kind: 'index-range', startIndex: 0, endIndex: 9_999 });
    if (!result.ok || result.value.kind !== 'index-range') throw new Error(JSON.stringify(result));
    return result.value.entries.map(({ payload }) => new TextDecoder().decode(payload));
  }

  #run(id: NodeId, datagrams: UdpDatagrams): RealNode {
    const members = this.addresses.map((address, member) => ({ id: member, address }));
    const storage = openStorage(openFolder(join(this.folder, `node-${id}`)));
    const { recovered } = storage;
    const { boot } = recovered;
    const clock = createSystemClock(this.#originNs);
    const lamport = createLamportClock();
    const events: LabEvent[] = [];
    const stamper = new EventStamper({ node: id, boot, clock, lamport, deliver: (batch) => events.push(...batch) });
    const faults = createLinkFaults(id);
    const voters = members.map((member) => member.id);
    const seed = id * 7_919 + boot;
    const state = recoverState({ id, voters, timings: paperTimings, seed }, recovered, clock.nowNs());
    const transport = createDatagramTransport({
      self: id,
      boot,
      clusterId: this.clusterId,
      key: this.key,
      members,
      datagrams,
      emit: stamper.emit,
      lamport,
      admit: faults.admit,
      currentTerm: () => state.term,
    });
    const host = new NodeHost({
      state,
      storage,
      transport,
      addressOf: (member) => transport.addressOf(member),
      clock,
      emit: stamper.emit,
      answer: (requestId, result) => this.#answers.get(requestId)?.(result),
      onFailed: (code, reason) => {
        throw new Error(`node ${id} failed (${code}): ${reason}`);
      },
    });
    const node: RealNode = { id, state, host, events, faults, datagrams };
    this.#running.set(id, node);
    return node;
  }
}

/** Rules that cut a node off from the others, in both directions. */
export function isolate(id: NodeId, others: readonly NodeId[]): FaultRule[] {
  const cut = (from: NodeId, to: NodeId): FaultRule => ({
    id: cutRuleId({ from, to }),
    link: { from, to },
    action: { kind: 'cut' },
  });
  return others.flatMap((other) => [cut(id, other), cut(other, id)]);
}
