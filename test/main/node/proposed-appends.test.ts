import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { LogStateMachine } from '../../../main/node/log-state-machine.ts';
import { judgeAppend, ProposedAppends } from '../../../main/node/proposed-appends.ts';
import type { ProposedPhase, Waiting } from '../../../main/node/waiting-request.ts';

const entry = (index: number, term: number, more: Partial<LogEntry> = {}): LogEntry => {
  return { index, term, kind: 'client', payload: new Uint8Array(), ...more };
};
const phase = (firstIndex: number, lastIndex: number, term: number): ProposedPhase => ({
  name: 'proposed',
  firstIndex,
  lastIndex,
  term,
});

function propose(appends: ProposedAppends, ...[firstIndex, lastIndex, term]: [number, number, number]): Waiting {
  const waiting: Waiting = {
    ticket: 0,
    asker: { kind: 'client', requestId: 'a' },
    request: { kind: 'append', entries: [] },
    deadlineNs: 0,
    phase: { name: 'proposing' },
  };
  appends.add(waiting, phase(firstIndex, lastIndex, term));
  return waiting;
}

describe('an entry decides', () => {
  it('the appends that end with it', () => {
    const appends = new ProposedAppends();
    const [first, second] = [propose(appends, 1, 2, 1), propose(appends, 3, 3, 1)];
    expect(appends.decidedBy(entry(1, 1))).toEqual([]);
    expect(appends.decidedBy(entry(2, 1))).toEqual([first]);
    expect(appends.decidedBy(entry(3, 1))).toEqual([second]);
  });

  it('all appends of earlier terms, when it is the first of its own', () => {
    const appends = new ProposedAppends();
    const old = [propose(appends, 2, 2, 1), propose(appends, 3, 9, 1)];
    propose(appends, 3, 4, 5);
    expect(new Set(appends.decidedBy(entry(2, 5)))).toEqual(new Set(old));
  });

  it('each only as long as it waits', () => {
    const appends = new ProposedAppends();
    const [gone, other] = [propose(appends, 2, 2, 1), propose(appends, 2, 2, 3)];
    appends.forget(gone, phase(2, 2, 1));
    expect(appends.decidedBy(entry(2, 3))).toEqual([other]);
    appends.forget(other, phase(2, 2, 3));
    expect(appends.decidedBy(entry(2, 3))).toEqual([]);
  });
});

describe('the judgement', () => {
  function judge(log: readonly LogEntry[], proposed: ProposedPhase) {
    const machine = new LogStateMachine();
    for (const one of log) machine.apply(one);
    const decisive = log.at(-1) ?? entry(0, 0);
    return judgeAppend(proposed, decisive, machine, (index) => log[index - 1] ?? entry(0, 0));
  }

  it('answers where it stands when its own last entry was applied', () => {
    const answer = { ok: true, value: { kind: 'append', firstIndex: 1, lastIndex: 2, term: 3 } };
    expect(judge([entry(1, 3), entry(2, 3, { continues: true })], phase(1, 2, 3))).toEqual(answer);
  });

  it('finds a conflict when the condition failed, with the last client entry', () => {
    const refused = entry(2, 3, { expect: { prevLogIndex: 0, prevLogTerm: 0 } });
    expect(judge([entry(1, 3), refused], phase(2, 2, 3))).toMatchObject({
      failure: { code: 'conflict', lastClientEntry: { index: 1, term: 3 } },
    });
  });

  it('is that nothing took effect when another leader went on without it', () => {
    expect(judge([entry(1, 3), entry(2, 4)], phase(2, 2, 3))).toMatchObject({ failure: { code: 'leadership-lost' } });
    expect(judge([entry(1, 3), entry(2, 4)], phase(5, 6, 3))).toMatchObject({ failure: { code: 'leadership-lost' } });
  });

  it('is open when the first part of it stands in the log', () => {
    const cut = judge([entry(1, 3), entry(2, 4)], phase(1, 2, 3));
    expect(cut).toMatchObject({
      failure: { code: 'timed-out', message: expect.stringContaining('a part of the append') },
    });
  });

  it('is a conflict also when the part that stands was refused', () => {
    const refused = entry(1, 3, { expect: { prevLogIndex: 9, prevLogTerm: 9 } });
    expect(judge([refused, entry(2, 4)], phase(1, 2, 3))).toMatchObject({ failure: { code: 'conflict' } });
  });
});
