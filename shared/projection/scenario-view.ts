/** The scenario that runs, or ran last: how far it is, and what was judged. A pure fold over the stream. */
import type { LabEvent } from '../event.ts';
import type { ScenarioOutcome } from '../scenario-event.ts';

/** A step that is done, or under way. */
export interface ScenarioStepView {
  /** From 1. */
  readonly number: number;
  /** What is done, in words. */
  readonly text: string;
  readonly timeNs: number;
  /** Of its event in the stream. */
  readonly position: number;
}

export interface ScenarioJudgement {
  readonly expectation: string;
  readonly outcome: ScenarioOutcome;
  readonly reason: string;
  readonly timeNs: number;
  readonly position: number;
}

export interface ScenarioView {
  readonly status: 'none' | 'running' | 'ended';
  readonly title: string;
  /** How many steps it has. */
  readonly stepCount: number;
  readonly steps: readonly ScenarioStepView[];
  readonly judgements: readonly ScenarioJudgement[];
  readonly startedNs: number;
  /** 0 while it runs. */
  readonly endedNs: number;
  /** Null while it runs. */
  readonly outcome: ScenarioOutcome | null;
  /** Why it ended so; empty while it runs. */
  readonly reason: string;
}

export const noScenario: ScenarioView = {
  status: 'none',
  title: '',
  stepCount: 0,
  steps: [],
  judgements: [],
  startedNs: 0,
  endedNs: 0,
  outcome: null,
  reason: '',
};

/** Those that the fold looks at. */
export const scenarioEventTypes = ['scenario-started', 'scenario-step', 'scenario-judged', 'scenario-ended'] as const;

/** One step of the fold. The very same object when nothing changed. @param position of the event in the stream */
export function projectScenario(view: ScenarioView, event: LabEvent, position: number): ScenarioView {
  const { timeNs } = event;
  switch (event.type) {
    case 'scenario-started':
      return { ...noScenario, status: 'running', title: event.title, stepCount: event.steps, startedNs: timeNs };
    case 'scenario-step': {
      if (view.status !== 'running') return view;
      const step = { number: event.step, text: event.text, timeNs, position };
      return { ...view, steps: [...view.steps.filter(({ number }) => number < event.step), step] };
    }
    case 'scenario-judged': {
      if (view.status !== 'running') return view;
      const { expectation, outcome, reason } = event;
      return { ...view, judgements: [...view.judgements, { expectation, outcome, reason, timeNs, position }] };
    }
    case 'scenario-ended':
      if (view.status !== 'running') return view;
      return { ...view, status: 'ended', outcome: event.outcome, reason: event.reason, endedNs: timeNs };
    default:
      return view;
  }
}
