import { describe, expect, it } from 'vitest';
import { labSourceId } from '../../../shared/ids.ts';
import {
  describeEvent,
  formatTime,
  levelRank,
  logLevels,
  plainLine,
  plainLines,
  searchTextOf,
  splitRuleTag,
  subjectOf,
} from '../../../shared/projection/log-line.ts';
import { stamped } from '../../support/log-lines.ts';

describe('describeEvent', () => {
  it('keeps one line one line, whatever a client or a stranger sent', () => {
    const { text } = describeEvent(stamped({ type: 'node-stopping', reason: 'a\r\nb\nc\u0007d\u001b[31m' }));
    expect(text).toBe('STOPS: a⏎b⏎c·d·[31m');
  });

  it('throws for an event that it does not know, instead of showing nothing', () => {
    const event = { ...stamped({ type: 'entries-applied', from: 0, to: 1, digest: 0 }), type: 'levitated' };
    expect(() => describeEvent(event as never)).toThrow('levitated');
  });
});

describe('splitRuleTag', () => {
  it('parts the sentence from the rule that decided', () => {
    expect(splitRuleTag('vote refused to 2: too old [§5.4.1 up-to-date-vote]')).toEqual({
      sentence: 'vote refused to 2: too old',
      tag: '[§5.4.1 up-to-date-vote]',
    });
    expect(splitRuleTag('waits [D§6.4 read-index-confirms]').tag).toBe('[D§6.4 read-index-confirms]');
  });

  it('takes nothing else in brackets for a rule', () => {
    expect(splitRuleTag('STARTS on [::1]:11110')).toEqual({ sentence: 'STARTS on [::1]:11110', tag: '' });
    expect(splitRuleTag('append “a [b c]”').tag).toBe('');
    expect(splitRuleTag('append “a” [b c]').tag).toBe('');
  });
});

describe('subjectOf', () => {
  it('is the reporting server, or the one that the lab acted on', () => {
    expect(subjectOf(stamped({ type: 'entries-applied', from: 0, to: 1, digest: 0 }, 2))).toBe(2);
    expect(subjectOf(stamped({ type: 'node-launched', target: 1 }, labSourceId))).toBe(1);
    expect(subjectOf(stamped({ type: 'cluster-stopped', reason: '' }, labSourceId))).toBe(labSourceId);
  });
});

describe('formatTime', () => {
  it('counts seconds since the lab started, to the microsecond', () => {
    expect(formatTime(12_345_678_000)).toBe('+12.345678 s');
    expect(formatTime(0)).toBe('+0.000000 s');
    expect(formatTime(1_499)).toBe('+0.000001 s');
    expect(formatTime(-2_000_000)).toBe('−0.002000 s');
  });
});

describe('levelRank', () => {
  it('rises from error to trace', () => {
    expect(logLevels.map(levelRank)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('plain text', () => {
  const event = stamped({ type: 'commit-advanced', from: 4, to: 5, term: 3, reason: '2 of 3 have it' });
  const act = stamped({ type: 'node-ended', target: 1, cause: 'crashed', reason: 'killed' }, labSourceId);

  it('puts a line in columns', () => {
    expect(plainLine(event)).toBe('  +12.345678 s  node 0   info   raft    COMMITS 4 → 5 (2 of 3 have it)');
    expect(plainLine(act)).toBe('  +12.345678 s  lab      info   lab     node 1 CRASHED: killed');
  });

  it('ends each copied line with a newline', () => {
    expect(plainLines([event, act])).toBe(`${plainLine(event)}\n${plainLine(act)}\n`);
    expect(plainLines([])).toBe('');
  });

  it('is searched as it is shown', () => {
    expect(searchTextOf(event)).toBe('node 0 info raft COMMITS 4 → 5 (2 of 3 have it)');
    expect(searchTextOf(act)).toBe('lab info lab node 1 CRASHED: killed');
  });
});
