import { describe, expect, it } from 'vitest';
import { fieldsOf, linksOf } from '../../../../renderer/components/details/event-fields.ts';
import { hexBytesMax, hexRows } from '../../../../renderer/components/details/hex-dump.ts';
import { commitLatencyNs, sinceText, stepsOf } from '../../../../renderer/components/details/life-steps.ts';
import type { LabEvent } from '../../../../shared/event.ts';
import { EventStory } from '../../../support/event-story.ts';

const message = { kind: 'append-entries', term: 2, round: 7, prevLogIndex: 3, entryCount: 1 } as const;

function lifeOf(story: EventStory) {
  return story.events.map((event, position) => ({ event, position }));
}

describe('bytes', () => {
  it('are shown in rows of sixteen, beside their characters', () => {
    expect(hexRows(new TextEncoder().encode('0123456789abcdefé\n'))).toEqual([
      { offset: '0000', hex: '30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66', characters: '0123456789abcdef' },
      { offset: '0010', hex: 'c3 a9 0a', characters: '···' },
    ]);
    expect(hexRows(new Uint8Array(hexBytesMax + 1))).toHaveLength(hexBytesMax / 16);
  });
});

describe('the life of an entry', () => {
  it('is told a step each, and what is said again once', () => {
    const story = new EventStory();
    story.tell(0, { type: 'entries-appended', firstIndex: 4, lastIndex: 4, term: 2, reason: 'from one request' });
    for (const datagram of [1, 2, 3]) {
      story.tell(0, { type: 'datagram-sent', to: 1, datagram, uuid: 'u', bytes: 9, message });
    }
    story.tell(1, { type: 'entries-appended', firstIndex: 4, lastIndex: 4, term: 2, reason: 'from the leader' });
    story.tell(1, { type: 'entries-persisted', lastIndex: 4, term: 2, votedFor: 0, bytes: 9, flushNs: 840_000 });
    story.tell(0, { type: 'commit-held', index: 4, term: 3, reason: 'not mine', rule: 'own-term-commit' });
    const commit = { type: 'commit-advanced', from: 3, to: 4, term: 2 } as const;
    story.tell(0, { ...commit, reason: '2 of 3 have it', rule: 'durable-quorum-commit' });
    story.tell(1, { ...commit, reason: 'the leader says so' });
    story.tell(1, { type: 'entries-truncated', fromIndex: 4, lastIndex: 4, reason: 'it differs', rule: 'stale-term' });
    const steps = stepsOf(lifeOf(story));
    expect(steps.map(({ node, words, tone }) => `${node} ${tone}: ${words}`)).toEqual([
      '0 plain: proposed in term 2, from one request',
      '0 plain: sent to node 1, 3 times',
      '1 plain: taken from the leader',
      '1 plain: on disk (flush 0.84 ms)',
      '0 waiting: commit held: not mine',
      '0 done: committed: 2 of 3 have it',
      '1 plain: learned that it is committed',
      '1 bad: removed: it differs',
    ]);
    expect(commitLatencyNs(lifeOf(story))).toBe(7_000);
  });

  it('has times since it began', () => {
    expect([0, 840_000, 12_300_000_000].map((ns) => sinceText(1e9 + ns, 1e9))).toEqual([
      '+0.00 ms',
      '+0.84 ms',
      '+12.3 s',
    ]);
    expect(commitLatencyNs([])).toBeUndefined();
  });
});

describe('an event', () => {
  const told = (tell: (story: EventStory) => LabEvent): LabEvent => tell(new EventStory());

  it('has a line for each field, with units, and a path for what is inside', () => {
    const sent = told((story) =>
      story.tell(0, { type: 'datagram-sent', to: 1, datagram: 5, uuid: 'u', bytes: 1_234, message }),
    );
    expect(fieldsOf(sent).slice(0, 6)).toEqual([
      { name: 'to', value: '1' },
      { name: 'datagram', value: '5' },
      { name: 'uuid', value: 'u' },
      { name: 'bytes', value: '1,234' },
      { name: 'message.kind', value: 'append-entries' },
      { name: 'message.term', value: '2' },
    ]);
    const timer = { type: 'timer-set', timer: 'election', deadlineNs: 5e6, durationNs: 2e6 } as const;
    expect(fieldsOf(told((story) => story.tell(0, timer))).at(-1)).toEqual({ name: 'durationNs', value: '2.00 ms' });
  });

  it('leads to the node, the entries, the datagram and the request that it speaks of', () => {
    const words = (event: LabEvent): string[] => linksOf(event).map((link) => link.words);
    const received = {
      type: 'datagram-received',
      from: 2,
      fromBoot: 4,
      datagram: 5,
      uuid: 'u',
      bytes: 9,
      message,
    } as const;
    const link = linksOf(told((story) => story.tell(1, received)))[1];
    expect(link?.selection).toEqual({ kind: 'datagram', from: 2, fromBoot: 4, to: 1, datagram: 5 });
    const appended = { type: 'entries-appended', firstIndex: 4, lastIndex: 9, term: 2, reason: '' } as const;
    expect(words(told((story) => story.tell(1, appended)))).toEqual(['node 1', 'entry 4', 'entry 9']);
    const outcome = { kind: 'appended', firstIndex: 7, lastIndex: 7, term: 1 } as const;
    const answered = { type: 'request-answered', requestId: 'r3', target: 2, latencyNs: 1, outcome } as const;
    expect(words(told((story) => story.lab(answered)))).toEqual(['node 2', 'request r3', 'entry 7']);
    expect(words(told((story) => story.lab({ type: 'cluster-stopped', reason: '' })))).toEqual([]);
  });
});
