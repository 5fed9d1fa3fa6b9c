/**
 * What a transport does with what the fault rules say, told by a hook that says it outright; main/faults has the rules.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { AdmitDatagram, DatagramAct, DatagramCopy, Verdict } from '../../../main/fault-port.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';
import { until } from '../../support/until.ts';
import { closeNodes, startNodes, type RigNode } from './udp-rig.ts';

const running: RigNode[] = [];
afterEach(async () => {
  await closeNodes(running);
  running.length = 0;
});

const call = (round: number): RaftMessage => ({ kind: 'timeout-now', term: 1, round });
const onTime: DatagramCopy = { delayNs: 0, damage: null };
const late = (delayMs: number): DatagramCopy => ({ delayNs: delayMs * 1e6, damage: null });
const delayed = (delayMs: number): DatagramAct => ({ faultRule: 'late', act: 'delayed', delayNs: delayMs * 1e6 });
const duplicated: DatagramAct = { faultRule: 'twice', act: 'duplicated', delayNs: 0 };
const corrupted: DatagramAct = { faultRule: 'harm', act: 'corrupted', delayNs: 0 };

type Say = (...asked: Parameters<AdmitDatagram>) => Verdict;
const alter = (copies: readonly DatagramCopy[], acts: readonly DatagramAct[]): Say => {
  return (_from, _kind, _bytes, nowNs) => ({ kind: 'alter', nowNs: nowNs(), copies, acts });
};

/** Node 0, and node 1 whose hook says what `rules.say` does. They know each other, and node 1 has had one message. */
async function pair() {
  const rules: { say: Say } = { say: () => ({ kind: 'pass' }) };
  const nodes = await startNodes(2, (id) =>
    id === 1 ? { boot: 2, admit: (...asked) => rules.say(...asked), toldPerSecondMax: 10_000 } : {},
  );
  running.push(...nodes);
  const [sender, receiver] = nodes;
  if (sender === undefined || receiver === undefined) throw new Error('two nodes were asked for');
  sender.transport.send(1, call(9));
  await until(() => receiver.delivered.length === 1);
  const rounds = (): number[] => receiver.delivered.slice(1).map(({ message }) => message.round);
  return { rules, sender, receiver, rounds };
}

describe('the end of a link', () => {
  it('hands a delayed datagram in as if it had just arrived, behind what was not delayed', async () => {
    const { rules, sender, receiver, rounds } = await pair();
    sender.lamport.witness(500);
    rules.say = alter([late(20)], [delayed(20)]);
    sender.transport.send(1, call(1));
    await until(() => receiver.eventsOf('datagram-faulted').length === 1);
    // What is held when rules go is on its way.
    rules.say = () => ({ kind: 'pass' });
    sender.transport.send(1, call(2));
    await until(() => rounds().length === 2);
    expect(rounds()).toEqual([2, 1]);
    const told = receiver.events.filter(({ type }) => type !== 'datagram-sent').slice(1);
    expect(told).toMatchObject([
      { type: 'datagram-faulted', from: 0, fromBoot: 1, datagram: 2, faultRule: 'late', act: 'delayed', delayNs: 2e7 },
      { type: 'datagram-received', datagram: 3 },
      { type: 'datagram-received', datagram: 2 },
    ]);
    const sent = sender.eventsOf('datagram-sent').find(({ datagram }) => datagram === 2);
    expect(told[0]?.lamport).toBeGreaterThan(sent?.lamport ?? Number.POSITIVE_INFINITY);
  });

  it('hands in both of a doubled datagram, and refuses a double of either that a rule did not make', async () => {
    const { rules, sender, receiver, rounds } = await pair();
    const captured: Uint8Array[] = [];
    receiver.datagrams.onDatagram((bytes) => captured.push(new Uint8Array(bytes)));
    rules.say = alter([late(5), onTime], [duplicated, delayed(5)]);
    sender.transport.send(1, call(1));
    await until(() => rounds().length === 2);
    expect(rounds()).toEqual([1, 1]);
    expect(receiver.eventsOf('datagram-faulted')).toMatchObject([{ act: 'duplicated' }, { act: 'delayed' }]);
    for (const bytes of captured) sender.datagrams.send(bytes, receiver.datagrams.localAddress);
    rules.say = () => ({ kind: 'pass' });
    for (const bytes of captured) sender.datagrams.send(bytes, receiver.datagrams.localAddress);
    await until(() => receiver.eventsOf('datagram-refused').length === 2);
    expect(receiver.eventsOf('datagram-refused').map(({ why }) => why)).toEqual(['replayed', 'replayed']);
    expect(receiver.eventsOf('datagram-faulted')).toHaveLength(2);
  });

  it('leaves it to the tag to refuse what is damaged', async () => {
    const { rules, sender, receiver, rounds } = await pair();
    const damage = (bytes: Uint8Array): Uint8Array => {
      const damaged = new Uint8Array(bytes);
      damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
      return damaged;
    };
    for (const delayNs of [0, 2e6]) {
      rules.say = alter([{ delayNs, damage }], [corrupted]);
      sender.transport.send(1, call(1));
      await until(() => receiver.eventsOf('datagram-refused').length === (delayNs === 0 ? 1 : 2));
    }
    expect(receiver.eventsOf('datagram-faulted')).toMatchObject([corrupted, corrupted]);
    expect(receiver.eventsOf('datagram-refused').map(({ why }) => why)).toEqual(['unauthenticated', 'unauthenticated']);
    expect(rounds()).toEqual([]);
  });

  it('drops what does not fit among what is held back, by the name of the rule that would hold it', async () => {
    const { rules, sender, receiver, rounds } = await pair();
    const acts = [duplicated, delayed(60_000)];
    rules.say = alter([onTime, ...Array<DatagramCopy>(limits.heldDatagramsMax).fill(late(60_000))], acts);
    sender.transport.send(1, call(1));
    await until(() => rounds().length === 1);
    rules.say = alter([late(60_000), onTime], acts);
    sender.transport.send(1, call(2));
    await until(() => receiver.eventsOf('datagram-dropped').length === 1);
    expect(receiver.eventsOf('datagram-dropped')).toMatchObject([{ datagram: 3, faultRule: 'late' }]);
    expect(receiver.eventsOf('datagram-faulted')).toHaveLength(2);
    expect(rounds()).toEqual([1]);
  });

  it('delays and loses what transports say to each other, and does not tell of it', async () => {
    const kinds = new Set<string>();
    const nodes = await startNodes(2, (id) => ({
      boot: id + 1,
      admit: (_from, kind, _bytes, nowNs) => {
        kinds.add(kind);
        const damage = kind === 'hello' ? (bytes: Uint8Array) => new Uint8Array(bytes.subarray(1)) : null;
        return alter([onTime, { delayNs: 1e6, damage }], [delayed(1)])(_from, kind, _bytes, nowNs);
      },
    }));
    running.push(...nodes);
    nodes[0]?.transport.send(1, call(1));
    await until(() => nodes[1]?.delivered.length === 2);
    expect(kinds).toEqual(new Set(['hello', 'hello-reply', 'timeout-now']));
    for (const node of nodes) expect(node.eventsOf('datagram-refused')).toEqual([]);
    for (const { datagram } of nodes[1]?.eventsOf('datagram-faulted') ?? []) expect(datagram).toBe(1);
  });

  it('forgets what is on its way when the transport closes', async () => {
    const { rules, sender, receiver } = await pair();
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    rules.say = alter([late(60_000)], [delayed(60_000)]);
    sender.transport.send(1, call(1));
    await until(() => receiver.eventsOf('datagram-faulted').length === 1);
    receiver.transport.close();
    await expect.poll(timers).toBeLessThanOrEqual(before);
  });
});
