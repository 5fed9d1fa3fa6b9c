import { describe, expect, it } from 'vitest';
import { eventLines, runLines, runSummary, totalsLine, totalsOf } from '../../../../main/hosts/cli/scenario-report.ts';
import { EventStory } from '../../../support/event-story.ts';

const name = { file: 'a.yaml', variant: '', lab: 'sim', seed: 3 } as const;
const met = { text: 'leader elected', outcome: 'met', reason: '' } as const;
const failed = { text: 'never: violation', outcome: 'failed', reason: 'It was lost.' } as const;
const open = { text: 'no leader', outcome: 'not-judged', reason: 'too early' } as const;
const good = { result: { title: 'One', outcome: 'met', reason: '', expectations: [met] }, spanNs: 1.2345e9 } as const;
const bad = {
  result: {
    title: 'One',
    outcome: 'failed',
    reason: 'never: violation: It was lost.',
    expectations: [met, failed, open],
  },
  spanNs: 2e9,
  folder: '/tmp/x',
} as const;

describe('what came of a run', () => {
  it('is an object for programs', () => {
    expect(runSummary(name, bad)).toEqual({
      ...name,
      title: 'One',
      outcome: 'failed',
      reason: 'never: violation: It was lost.',
      seconds: 2,
      expectations: [
        { expectation: 'leader elected', outcome: 'met', reason: '' },
        { expectation: 'never: violation', outcome: 'failed', reason: 'It was lost.' },
        { expectation: 'no leader', outcome: 'not-judged', reason: 'too early' },
      ],
      folder: '/tmp/x',
    });
  });

  it('is a line for people, and what is wrong below it, once', () => {
    expect(runLines(name, good, false)).toEqual(['as expected: One · a.yaml · seed 3 · 1.235 s']);
    expect(runLines(name, good, true)).toEqual([
      'as expected: One · a.yaml · seed 3 · 1.235 s',
      '  met: leader elected',
    ]);
    expect(runLines(name, bad, false)).toEqual([
      'NOT AS EXPECTED: One · a.yaml · seed 3 · 2 s',
      '  never: violation: It was lost.',
      '  not-judged: no leader: too early',
      '  its folders are in /tmp/x',
    ]);
  });
});

it('adds runs up', () => {
  const totals = totalsOf(['met', 'failed', 'met', 'not-judged'], 1.5);
  expect(totals).toEqual({ runs: 4, met: 2, failed: 1, not_judged: 1, wall_s: 1.5 });
  expect(totalsLine(totals)).toBe('2 of 4 runs as expected, in 1.5 s');
});

it('tells steps, and what is worth a line', () => {
  const story = new EventStory();
  story.lab({ type: 'scenario-step', step: 2, text: 'crash-node 1' });
  story.tell(1, { type: 'role-changed', from: 'candidate', to: 'leader', term: 1, reason: 'a majority' });
  story.tell(1, {
    type: 'message-ignored',
    from: 0,
    kind: 'append-entries',
    term: 1,
    reason: 'old',
    rule: 'stale-term',
  } as never);
  const lines = eventLines(story.events);
  expect(lines[0]).toBe('   +0.000001 s  step 2: crash-node 1');
  expect(lines[1]).toMatch(/node 1 .*info/);
  expect(lines).toHaveLength(2);
});
