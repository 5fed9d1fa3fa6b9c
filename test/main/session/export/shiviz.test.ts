/** The rules of ShiViz, held against whole, filtered and cut exports by a reader that knows nothing of how they are made. */
import { describe, expect, it } from 'vitest';
import { shivizExporter } from '../../../../main/session/export/shiviz.ts';
import type { PlacedEvent } from '../../../../shared/query.ts';
import { exported, tellStory } from '../../../support/exported-story.ts';

const story = tellStory();

interface Line {
  readonly host: string;
  readonly clock: Readonly<Record<string, number>>;
  readonly event: string;
}

/** As ShiViz reads a file: the first line is the form of a line, the second one parts executions. */
function readShiviz(text: string): Line[] {
  const [form = '', delimiter, ...log] = text.split('\n');
  expect(delimiter).toBe('');
  const lines = [...log.join('\n').matchAll(new RegExp(`^${form}$`, 'gm'))];
  expect(lines).toHaveLength(log.filter((line) => line !== '').length);
  return lines.map(({ groups = {} }) => ({
    host: groups['host'] ?? '',
    clock: JSON.parse(groups['clock'] ?? '') as Record<string, number>,
    event: groups['event'] ?? '',
  }));
}

/** @returns what is wrong, if anything */
function problemsOf(lines: readonly Line[]): string[] {
  const problems: string[] = [];
  const own = new Map<string, number>();
  const last = new Map<string, Readonly<Record<string, number>>>();
  for (const { host, clock } of lines) {
    const expected = (own.get(host) ?? 0) + 1;
    if (clock[host] !== expected) problems.push(`${host} has ${clock[host]} and should have ${expected}`);
    own.set(host, expected);
    for (const [other, count] of Object.entries(last.get(host) ?? {})) {
      if ((clock[other] ?? 0) < count) problems.push(`${host} forgets ${other}`);
    }
    last.set(host, clock);
  }
  for (const { host, clock } of lines) {
    for (const [other, count] of Object.entries(clock)) {
      if (count > (own.get(other) ?? 0)) problems.push(`${host} refers to ${other}:${count}, which is not there`);
    }
  }
  return problems;
}

function read(events: readonly PlacedEvent[]): Line[] {
  return readShiviz(exported(shivizExporter(), events).toString());
}

describe('a ShiViz export', () => {
  it('of the whole keeps the rules, and a restarted server goes on with its clock', () => {
    const lines = read(story);
    expect(lines).toHaveLength(story.length);
    expect(problemsOf(lines)).toEqual([]);
    expect(new Set(lines.map(({ host }) => host))).toEqual(new Set(['lab', 'node0', 'node1', 'node2']));
  });

  it('shows each receipt behind its sending', () => {
    const lines = read(story);
    const sendings = new Map<string, { host: string; count: number }>();
    const behind: boolean[] = [];
    for (const [place, { event }] of story.entries()) {
      const line = lines[place];
      if (event.type === 'datagram-sent') {
        const key = `${event.node}:${event.boot}:${event.to}:${event.datagram}`;
        sendings.set(key, { host: `node${event.node}`, count: line?.clock[`node${event.node}`] ?? 0 });
      } else if (event.type === 'datagram-received') {
        const sending = sendings.get(`${event.from}:${event.fromBoot}:${event.node}:${event.datagram}`);
        if (sending) behind.push((line?.clock[sending.host] ?? 0) >= sending.count);
      }
    }
    expect(behind.length).toBeGreaterThan(100);
    expect(behind).not.toContain(false);
  });

  it('that is cut anywhere keeps the rules', () => {
    for (let from = 0; from < story.length; from += 97) {
      expect(problemsOf(read(story.slice(from, from + 1_500)))).toEqual([]);
    }
  });

  it('that is filtered by node or by kind keeps the rules', () => {
    const filters: ((placed: PlacedEvent) => boolean)[] = [
      ({ event }) => event.node === 1,
      ({ event }) => event.node !== 0,
      ({ event }) => event.type === 'datagram-received',
      ({ event }) => event.type !== 'datagram-sent',
      ({ position }) => position % 3 === 0,
    ];
    for (const wanted of filters) {
      const lines = read(story.filter(wanted));
      expect(lines.length).toBeGreaterThan(50);
      expect(problemsOf(lines)).toEqual([]);
    }
  });

  it('the reader of this test finds what breaks the rules', () => {
    const line = (host: string, clock: Record<string, number>): Line => ({ host, clock, event: '' });
    expect(problemsOf([line('a', { a: 2 })])).not.toEqual([]);
    expect(problemsOf([line('a', { a: 1 }), line('a', { a: 3 })])).not.toEqual([]);
    expect(problemsOf([line('a', { a: 1, b: 1 })])).not.toEqual([]);
  });
});
