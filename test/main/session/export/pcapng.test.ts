/** pcapng files as tshark and tcpdump read them. It needs both, and says so where they are not. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pcapngExporter } from '../../../../main/session/export/pcapng.ts';
import type { LabEvent } from '../../../../shared/event.ts';
import { exported, facts, tellStory } from '../../../support/exported-story.ts';

const script = resolve(import.meta.dirname, '../../../../resources/raftlab.lua');
const hasTshark = spawnSync('tshark', ['--version']).status === 0;
const hasTcpdump = spawnSync('tcpdump', ['--version']).status === 0;

const story = tellStory();
const folder = mkdtempSync(join(tmpdir(), 'raft-lab-pcapng-'));
const file = join(folder, 'session.pcapng');

beforeAll(() => {
  writeFileSync(file, exported(pcapngExporter(facts), story));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function eventsOf(type: LabEvent['type'], wanted: (event: LabEvent) => boolean = () => true): LabEvent[] {
  return story.map(({ event }) => event).filter((event) => event.type === type && wanted(event));
}

/** A line per packet that `filter` lets through. */
function tshark(filter: string, fields: readonly string[], words: readonly string[] = []): string[][] {
  const asked = ['-r', file, ...words, ...(filter === '' ? [] : ['-Y', filter]), '-T', 'fields', '-E', 'separator=|'];
  const shown = execFileSync('tshark', [...asked, ...fields.flatMap((field) => ['-e', field])], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return shown
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('|'));
}

const dissector = ['-X', `lua_script:${script}`];

describe('a pcapng export in tshark', () => {
  beforeEach((context) => {
    if (!hasTshark) context.skip('tshark is not installed here: pcapng exports are not read by it');
  });

  it('has a packet for each end of each datagram, at its time, in its direction, at its server', () => {
    const packets = tshark('', ['frame.interface_name', 'frame.time_epoch', 'frame.packet_flags_direction']);
    const ends = story
      .map(({ event }) => event)
      .filter((event) => event.type === 'datagram-sent' || event.type === 'datagram-received');
    expect(packets).toHaveLength(ends.length);
    const epochNs = BigInt(facts.epochMs) * 1_000_000n;
    for (const [place, [name, time = '', direction]] of packets.entries()) {
      const event = ends[place];
      expect(name).toBe(`node${event?.node}`);
      const [seconds = '', fraction = ''] = time.split('.');
      const timeNs = BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
      expect(timeNs - epochNs).toBe(BigInt(Math.round(event?.timeNs ?? 0)));
      expect(Number(direction)).toBe(event?.type === 'datagram-received' ? 1 : 2);
    }
  });

  it('is complained about by nobody', () => {
    const said = spawnSync('tshark', ['-r', file, '-q', '-z', 'io,stat,0'], { encoding: 'utf8' });
    expect(said.status).toBe(0);
    expect(said.stderr.replaceAll(/Running as user.*\n?/g, '').trim()).toBe('');
    expect(
      tshark('_ws.malformed || ip.checksum.status == 0', ['frame.number'], ['-o', 'ip.check_checksum:TRUE']),
    ).toEqual([]);
  });

  it('tells what faults did: what was dropped at its sender, what was doubled at its receiver', () => {
    const dropped = eventsOf('datagram-dropped');
    expect(dropped.length).toBeGreaterThan(0);
    const shown = tshark('frame.comment contains "fault: drop, rule drop some"', ['frame.packet_flags_direction']);
    expect(shown).toHaveLength(dropped.length);
    expect(shown.every(([direction]) => Number(direction) === 2)).toBe(true);
    const doubled = tshark('frame.comment contains "fault: duplicated, rule double some"', [
      'frame.packet_flags_direction',
    ]);
    expect(doubled.length).toBeGreaterThan(0);
    expect(doubled.every(([direction]) => Number(direction) === 1)).toBe(true);
  });

  it('finds packets by what is in them, with the dissector', () => {
    const terms = new Set(
      story.flatMap(({ event }) => (event.type === 'datagram-sent' ? [event.message.term ?? 0] : [])),
    );
    for (const term of terms) {
      if (term === 0) continue;
      const found = tshark(`raftlab.term == ${term}`, ['frame.number'], dissector).length;
      const told = story.filter(
        ({ event }) =>
          (event.type === 'datagram-sent' || event.type === 'datagram-received') && event.message.term === term,
      ).length;
      expect(found).toBe(told);
    }
    const refused = story.filter(
      ({ event }) =>
        event.type === 'datagram-sent' &&
        event.message.kind === 'append-entries-reply' &&
        event.message.success === true &&
        event.message.matchIndex === 3,
    );
    const filter =
      'raftlab.kind == 4 && raftlab.success == 1 && raftlab.matchIndex == 3 && frame.packet_flags_direction == 2';
    expect(tshark(filter, ['frame.number'], dissector)).toHaveLength(refused.length);
  });
});

describe('a pcapng export in tcpdump', () => {
  beforeEach((context) => {
    if (!hasTcpdump) context.skip('tcpdump is not installed here: pcapng exports are not read by it');
  });

  it('is read to its end, packet by packet', () => {
    const read = spawnSync('tcpdump', ['-r', file, '-n', '-q'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    expect(read.status).toBe(0);
    expect(read.stderr).not.toMatch(/error|truncated|unsupported|invalid/i);
    const ends = eventsOf('datagram-sent').length + eventsOf('datagram-received').length;
    expect(read.stdout.trimEnd().split('\n')).toHaveLength(ends);
    expect(read.stdout).toContain('127.0.0.1');
  });
});
