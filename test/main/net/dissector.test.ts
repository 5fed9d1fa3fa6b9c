/**
 * What Wireshark shows of real datagrams with resources/raftlab.lua. It needs tshark, and says so where there is none.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { messageKinds } from '../../../main/net/message-kinds.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';
import { until } from '../../support/until.ts';
import { exampleMessages } from './message-examples.ts';
import { closeNodes, rigClusterId, startNodes, type RigNode } from './udp-rig.ts';

const script = resolve(import.meta.dirname, '../../../resources/raftlab.lua');
const hasTshark = spawnSync('tshark', ['--version']).status === 0;

beforeEach((context) => {
  if (!hasTshark) context.skip('tshark is not installed here: resources/raftlab.lua is not tested');
});

const running: RigNode[] = [];
afterEach(async () => {
  await closeNodes(running);
  running.length = 0;
});

/** A capture file of packets without a link layer: IPv4, UDP, datagram. */
function pcapOf(datagrams: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(262_144, 16);
  head.writeUInt32LE(101, 20);
  return Buffer.concat([head, ...datagrams.map(packetOf)]);
}

function packetOf(datagram: Uint8Array): Buffer {
  const record = Buffer.alloc(16 + 20 + 8);
  const length = 28 + datagram.length;
  record.writeUInt32LE(length, 8);
  record.writeUInt32LE(length, 12);
  record.set([0x45, 0], 16);
  record.writeUInt16BE(length, 18);
  record.set([64, 17], 24);
  record.set([127, 0, 0, 1, 127, 0, 0, 1], 28);
  record.writeUInt16BE(11_110, 36);
  record.writeUInt16BE(11_111, 38);
  record.writeUInt16BE(8 + datagram.length, 40);
  return Buffer.concat([record, datagram]);
}

/** @returns a line per packet that `filter` lets through, the fields' values in it. */
function dissect(datagrams: readonly Uint8Array[], filter: string, fields: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'raft-pcap-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'datagrams.pcap');
  writeFileSync(file, pcapOf(datagrams));
  const words = ['-r', file, '-X', `lua_script:${script}`, '-Y', filter, '-T', 'fields', '-E', 'separator=|'];
  const shown = execFileSync('tshark', [...words, ...fields.flatMap((field) => ['-e', field])], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return shown.split('\n').filter((line) => line !== '');
}

/** What node 1 gets when node 0 says all this. */
async function capture(messages: readonly RaftMessage[]): Promise<Uint8Array[]> {
  const nodes = await startNodes(2, (id) => ({ boot: 5 + id }));
  running.push(...nodes);
  const [left, right] = nodes;
  if (left === undefined || right === undefined) throw new Error('two nodes were asked for');
  const captured: Uint8Array[] = [];
  for (const { datagrams } of nodes) datagrams.onDatagram((bytes) => captured.push(Uint8Array.from(bytes)));
  for (const message of messages) left.transport.send(1, message);
  await until(() => right.delivered.length >= messages.length);
  return captured;
}

it('names every kind of message and finds it by its term', async () => {
  const examples = messageKinds.map((kind) => exampleMessages(0)[kind]).filter((message) => 'term' in message);
  const captured = await capture(examples);
  const names = dissect(captured, 'raftlab.term == 5', ['_ws.col.Info', 'raftlab.term', 'raftlab.round']);
  const expected = examples.filter((message) => 'term' in message && message.term === 5);
  expect(expected.length).toBeGreaterThan(10);
  expect(names).toHaveLength(expected.length);
  for (const [place, line] of names.entries())
    expect(line).toMatch(new RegExp(`^[A-Za-z ]+ 0 -> 1\\|5\\|${expected[place]?.round}$`));
  expect(dissect(captured, 'raftlab.term == 6', ['raftlab.term'])).toEqual([]);
});

it('shows the header, and numbers of any size', async () => {
  const { 'append-entries': append } = exampleMessages(0);
  if (append.kind !== 'append-entries') throw new Error('it is one');
  const far = 2 ** 45 + 1;
  const captured = await capture([
    { ...append, prevLogIndex: far, prevLogTerm: 70_000, term: 2 ** 33, leaderCommit: 300, entries: [] },
  ]);
  const fields = [
    'version',
    'cluster',
    'sender',
    'receiver',
    'boot',
    'receiver_boot',
    'datagram',
    'fragment',
    'fragments',
  ];
  const values = ['term', 'prevLogIndex', 'prevLogTerm', 'leaderCommit'];
  const lines = dissect(
    captured,
    'raftlab.kind == 3',
    [...fields, ...values].map((field) => `raftlab.${field}`),
  );
  expect(lines).toEqual([`3|${rigClusterId}|0|1|5|6|1|0|1|${2 ** 33}|${far}|70000|300`]);
});

it('shows greetings, parts of a message and which of them are there', async () => {
  const payload = new Uint8Array(limits.datagramBytesMax * 3);
  const captured = await capture([{ kind: 'forward-append', term: 7, round: 9, entries: [payload] }]);
  await until(() => captured.some((bytes) => bytes[19] === 130));
  expect(dissect(captured, 'raftlab.kind == 128 || raftlab.kind == 129', ['_ws.col.Info']).length).toBeGreaterThan(1);
  const parts = dissect(
    captured,
    'raftlab.fragments > 1',
    ['fragment', 'message', 'round'].map((name) => `raftlab.${name}`),
  );
  expect(parts.length).toBeGreaterThanOrEqual(4);
  for (const part of parts) expect(part).toMatch(/^[0-3]\|1\|9(,9)?$/);
  // The term stands in the first part only.
  expect(dissect(captured, 'raftlab.term == 7', ['raftlab.fragment'])).toContain('0');
  const held = dissect(captured, 'raftlab.kind == 130', ['raftlab.message', 'raftlab.held.count']);
  expect(held.length).toBeGreaterThan(0);
  for (const line of held) expect(line).toBe('1|4');
});

it('leaves alone what is not ours, is cut off, or is damaged', async () => {
  const [whole] = await capture([exampleMessages(0)['request-vote']]).then((all) =>
    all.filter(({ length }) => length > 80),
  );
  if (whole === undefined) throw new Error('a vote request was sent');
  const cuts = Array.from({ length: whole.length }, (_, length) => whole.subarray(0, length));
  const lines = dissect([new TextEncoder().encode('GET / HTTP/1.1'), ...cuts, whole], 'raftlab', ['raftlab.kind']);
  expect(lines).toEqual(Array.from({ length: whole.length + 1 - 80 }, () => '1'));
  expect(dissect(cuts, '_ws.lua.error || _ws.malformed', ['frame.number'])).toEqual([]);
});
