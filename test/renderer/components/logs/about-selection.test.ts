import { describe, expect, it } from 'vitest';
import { labSourceId } from '../../../../shared/ids.ts';
import { isAbout, selectionOf } from '../../../../renderer/components/logs/about-selection.ts';
import type { LogRowData } from '../../../../renderer/log-worker/log-row-data.ts';

function row(more: Partial<LogRowData>): LogRowData {
  return {
    number: 0,
    position: 4,
    timeNs: 0,
    node: 0,
    subject: 0,
    level: 'info',
    target: 'raft',
    text: '',
    about: {},
    ...more,
  };
}

const received = row({ node: 2, subject: 2, about: { datagram: { isSent: false, peer: 1, boot: 3, datagram: 12 } } });
const sent = row({ node: 1, subject: 1, about: { datagram: { isSent: true, peer: 2, boot: 3, datagram: 12 } } });

describe('a line is about', () => {
  it('a datagram at both its ends, and the link that it takes', () => {
    const datagram = { kind: 'datagram', from: 1, fromBoot: 3, to: 2, datagram: 12 } as const;
    expect([isAbout(sent, datagram), isAbout(received, datagram)]).toEqual([true, true]);
    expect(isAbout(sent, { ...datagram, fromBoot: 4 })).toBe(false);
    expect([isAbout(sent, { kind: 'link', pair: [1, 2] }), isAbout(sent, { kind: 'link', pair: [0, 1] })]).toEqual([
      true,
      false,
    ]);
  });

  it('its entries, its request, its node, and itself', () => {
    const line = row({ about: { entries: { first: 5, count: 2 }, requestId: 'r1' } });
    expect([4, 5, 6, 7].map((index) => isAbout(line, { kind: 'entry', index }))).toEqual([false, true, true, false]);
    expect(isAbout(line, { kind: 'request', requestId: 'r1' })).toBe(true);
    expect(isAbout(line, { kind: 'node', node: 0 })).toBe(true);
    expect(isAbout(line, { kind: 'event', position: 4 })).toBe(true);
    expect(isAbout(line, null)).toBe(false);
  });
});

it('selects its event, or whom it is about where its place is not known', () => {
  expect(selectionOf(row({}))).toEqual({ kind: 'event', position: 4 });
  expect(selectionOf(row({ position: -1, subject: 2 }))).toEqual({ kind: 'node', node: 2 });
  expect(selectionOf(row({ position: -1, subject: labSourceId }))).toBeNull();
});
