import { describe, expect, it } from 'vitest';
import {
  appendedJson,
  appendedText,
  entryJson,
  entryText,
  failureJson,
  failureText,
} from '../../../../main/hosts/cli/client-report.ts';
import type { Failure } from '../../../../shared/result.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const entry = (payload: Uint8Array) => ({ index: 7, term: 2, kind: 'client', payload }) as const;

describe('what became of a request', () => {
  it('is said in a line', () => {
    expect(appendedText({ kind: 'append', firstIndex: 2, lastIndex: 2, term: 1 })).toBe(
      'Committed at index 2, term 1.',
    );
    const three = { kind: 'append', firstIndex: 2, lastIndex: 4, term: 1 } as const;
    expect(appendedText(three)).toBe('Committed at indexes 2 to 4, term 1.');
    expect(JSON.parse(appendedJson(three, 1.23456))).toEqual({
      first_index: 2,
      last_index: 4,
      term: 1,
      latency_ms: 1.235,
    });
  });

  it('tells a refusal from an outcome that is not known', () => {
    const conflict: Failure = {
      code: 'conflict',
      message: 'It is 5.',
      lastClientEntry: { index: 5, term: 1 },
      leaderId: 2,
      firstIndex: 3,
    };
    const timedOut: Failure = { code: 'timed-out', message: 'No answer.' };
    expect(failureText('append', conflict)).toBe('append: not done (conflict): It is 5.');
    expect(failureText('append', timedOut)).toBe('append: OUTCOME UNKNOWN (timed-out): No answer.');
    expect(JSON.parse(failureJson(conflict))).toEqual({
      error: 'conflict',
      message: 'It is 5.',
      outcome_known: true,
      last_client_index: 5,
      last_client_term: 1,
      leader_id: 2,
      first_index: 3,
    });
    expect(JSON.parse(failureJson(timedOut))).toEqual({
      error: 'timed-out',
      message: 'No answer.',
      outcome_known: false,
    });
  });
});

describe('an entry', () => {
  it('is one line that does nothing to a terminal', () => {
    expect(entryText(entry(bytes('grüße')))).toBe('7\t2\tgrüße');
    expect(entryText(entry(bytes('a\nb\u001b[31m')))).toBe('7\t2\ta⏎b·[31m');
    expect(entryText(entry(Uint8Array.of(0xff, 0x00)))).toBe('7\t2\t0xff00');
  });

  it('is kept to the byte for programs', () => {
    expect(JSON.parse(entryJson(entry(bytes('\uFEFFa\nb'))))).toEqual({ index: 7, term: 2, text: '\uFEFFa\nb' });
    expect(JSON.parse(entryJson(entry(Uint8Array.of(0xff, 0x00))))).toEqual({ index: 7, term: 2, base64: '/wA=' });
  });
});
