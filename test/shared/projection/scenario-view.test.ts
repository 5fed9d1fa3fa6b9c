import { describe, expect, it } from 'vitest';
import type { EventBody, LabEvent } from '../../../shared/event.ts';
import { noScenario, projectScenario, scenarioEventTypes } from '../../../shared/projection/scenario-view.ts';

function after(...bodies: EventBody[]) {
  return bodies.reduce((view, body, at) => {
    const event: LabEvent = { node: -1, boot: 1, sequence: at + 1, timeNs: (at + 1) * 1e6, lamport: at, ...body };
    return projectScenario(view, event, at);
  }, noScenario);
}

const started = { type: 'scenario-started', title: 'First election', steps: 2 } as const;
const ended = { type: 'scenario-ended', title: 'First election', outcome: 'failed', reason: 'too late' } as const;

describe('the scenario that runs', () => {
  it('counts steps off, with their moments', () => {
    const view = after(
      started,
      { type: 'scenario-step', step: 1, text: 'expects new leader' },
      { type: 'scenario-judged', expectation: 'new leader', outcome: 'met', reason: '' },
      { type: 'scenario-step', step: 2, text: 'append hello at node 0' },
    );
    expect(view).toMatchObject({
      status: 'running',
      title: 'First election',
      stepCount: 2,
      startedNs: 1e6,
      outcome: null,
    });
    expect(view.steps).toEqual([
      { number: 1, text: 'expects new leader', timeNs: 2e6, position: 1 },
      { number: 2, text: 'append hello at node 0', timeNs: 4e6, position: 3 },
    ]);
    expect(view.judgements).toEqual([
      { expectation: 'new leader', outcome: 'met', reason: '', timeNs: 3e6, position: 2 },
    ]);
  });

  it('says how it ended, until another one begins', () => {
    const over = after(started, ended);
    expect(over).toMatchObject({ status: 'ended', outcome: 'failed', reason: 'too late', endedNs: 2e6 });
    expect(after(started, ended, { type: 'scenario-step', step: 1, text: 'late' })).toEqual(over);
    expect(after(started, ended, started)).toMatchObject({ status: 'running', steps: [], judgements: [], reason: '' });
  });

  it('bears a stream that it joins in the middle, and takes a step that is told again once', () => {
    const step = { type: 'scenario-step', step: 1, text: 'waits' } as const;
    expect(after(step, ended)).toBe(noScenario);
    expect(after(started, step, step).steps).toHaveLength(1);
  });

  it('looks at its own events only', () => {
    expect(after({ type: 'cluster-stopped', reason: '' })).toBe(noScenario);
    expect(scenarioEventTypes).toHaveLength(4);
  });
});
