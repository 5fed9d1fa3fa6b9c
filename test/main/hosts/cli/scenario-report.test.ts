import { describe, expect, it } from 'vitest';
import type { FinishedRun } from '../../../../main/hosts/cli/scenario-doors.ts';
import { eventLines, runLines, runSummary, totalsLine, totalsOf } from '../../../../main/hosts/cli/scenario-report.ts';
import { EventStory } from '../../../support/event-story.ts';

const name = { file: 'a.yaml', variant: '', lab: 'sim', seed: 7 } as const;

function runOf(some: Partial<FinishedRun['result']> = {}, folder?: string): FinishedRun {
  const expectations = [
    { text: 'never: violation', outcome: 'met', reason: '' },
    { text: 'eventually: logs equal', outcome: 'failed', reason: 'nobody leads' },
  ] as const;
  const result = {
    title: 'T',
    outcome: 'failed',
    reason: 'eventually: logs equal: nobody leads',
    expectations,
  } as const;
  return { result: { ...result, ...some }, spanNs: 1_234_567_890, ...(folder !== undefined && { folder }) };
}

describe('a run', () => {
  it('is a line for programs', () => {
    expect(runSummary(name, runOf())).toEqual({
      ...name,
      title: 'T',
      outcome: 'failed',
      reason: 'eventually: logs equal: nobody leads',
      seconds: 1.235,
      expectations: [
        { expectation: 'never: violation', outcome: 'met', reason: '' },
        { expectation: 'eventually: logs equal', outcome: 'failed', reason: 'nobody leads' },
      ],
    });
    expect(runSummary(name, runOf({}, '/tmp/x'))).toMatchObject({ folder: '/tmp/x' });
  });

  it('is for people what it is called, how it went, and why', () => {
    const head = 'NOT AS EXPECTED: T · a.yaml · seed 7 · 1.235 s';
    const why = '  eventually: logs equal: nobody leads';
    expect(runLines(name, runOf(), false)).toEqual([head, why]);
    expect(runLines(name, runOf({}, '/tmp/x'), true)).toEqual([
      head,
      why,
      '  met: never: violation',
      '  failed: eventually: logs equal: nobody leads',
      '  its folders are in /tmp/x',
    ]);
    const met = runOf({ outcome: 'met', reason: '', expectations: [] });
    expect(runLines(name, met, false)).toEqual(['as expected: T · a.yaml · seed 7 · 1.235 s']);
  });

  it('says what else was not met, and keeps each to a line', () => {
    const expectations = [
      { text: 'one', outcome: 'failed', reason: 'first' },
      { text: 'two', outcome: 'not-judged', reason: 'second\nline' },
    ] as const;
    const lines = runLines(name, runOf({ outcome: 'not-judged', reason: 'one: first', expectations }), false);
    expect(lines[0]).toMatch(/^NOT JUDGED: T/);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/^ {2}not-judged: two: second.line$/);
  });
});

describe('all runs', () => {
  it('are counted', () => {
    const totals = totalsOf(['met', 'met', 'failed', 'not-judged'], 1.23456);
    expect(totals).toEqual({ runs: 4, met: 2, failed: 1, not_judged: 1, wall_s: 1.235 });
    expect(totalsLine(totals)).toBe('2 of 4 runs as expected, in 1.235 s');
  });
});

describe('what happens while it runs', () => {
  it('is told when it is worth a line, steps with their number', () => {
    const story = new EventStory();
    story.lab({ type: 'scenario-step', step: 2, text: 'crash-node 0' });
    story.tell(0, { type: 'timer-set', timer: 'election', deadlineNs: 1, durationNs: 1 });
    story.tell(0, { type: 'role-changed', from: 'candidate', to: 'leader', term: 1, reason: 'a majority' });
    const lines = eventLines(story.events);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^ *\+0\.000001 s {2}step 2: crash-node 0$/);
    expect(lines[1]).toContain('LEADER');
  });
});
