/**
 * Runs one variant of a scenario over a lab: starts its cluster, carries its steps out in order, and judges what it expects. The
 * same on real time and on simulated time: nothing happens here but in answer to the port.
 */
import { limits } from '../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { Result } from '../../shared/result.ts';
import type { CheckReport } from '../../shared/verdict.ts';
import type { LabPort } from '../lab-port.ts';
import { Alarm } from './alarm.ts';
import { durationText } from './durations.ts';
import { ExpectationBook, type ExpectationResult } from './expectation-book.ts';
import { OpenWork } from './open-work.ts';
import { runVerdict, wrongAnswer } from './run-verdict.ts';
import type { ScenarioResult, ScenarioRun, ScenarioRunOptions } from './scenario-run.ts';
import type { Step, Variant } from './scenario.ts';
import { standing } from './standing.ts';
import { StepSequence } from './step-sequence.ts';
import { isQuiet, World } from './world.ts';

/** @param onEnd called once, when everything is told */
export function runScenario(
  port: LabPort,
  variant: Variant,
  options: ScenarioRunOptions,
  onEnd: (result: ScenarioResult) => void,
): ScenarioRun {
  const run = new Run(port, variant, options, onEnd);
  run.start();
  return run;
}

class Run implements ScenarioRun {
  readonly #port: LabPort;
  readonly #variant: Variant;
  readonly #options: ScenarioRunOptions;
  readonly #onEnd: (result: ScenarioResult) => void;
  readonly #world = new World();
  readonly #book: ExpectationBook;
  readonly #alarm: Alarm;
  /** What the steps expected. */
  readonly #expected: ExpectationResult[] = [];
  #phase: 'starting' | 'steps' | 'settling' | 'asking' | 'judging' | 'ended' = 'starting';
  readonly #steps: StepSequence;
  #endNs = Infinity;
  readonly #work = new OpenWork();
  #failure: string | undefined;
  #stopped: string | undefined;
  #unsubscribe = (): void => {};

  constructor(port: LabPort, variant: Variant, options: ScenarioRunOptions, onEnd: (result: ScenarioResult) => void) {
    this.#port = port;
    this.#variant = variant;
    this.#options = options;
    this.#onEnd = onEnd;
    this.#book = new ExpectationBook(variant.expect);
    this.#alarm = new Alarm(port, () => this.#advance());
    this.#steps = new StepSequence(variant.steps, {
      port,
      world: this.#world,
      onDue: (step, text) => this.#onDue(step, text),
      onAnswer: (step, text, result) => this.#onAnswer(step, text, result),
      onExpected: (step, failure) => this.#onExpected(step, failure),
      wake: () => this.#alarm.ringSoon(),
    });
  }

  start(): void {
    const { title, seed } = this.#options;
    const { cluster, steps } = this.#variant;
    this.#port.tell({ type: 'scenario-started', title, steps: steps.length });
    this.#unsubscribe = this.#port.subscribe((events) => this.#take(events));
    this.#endNs = this.#port.nowNs() + limits.scenarioMsMax * nanosecondsPerMillisecond;
    this.#port.execute({ ...cluster, ...(seed !== undefined && { seed }) }, (result) => {
      if (!result.ok) this.#failure ??= `the cluster did not start: ${result.failure.message}`;
      else if (this.#phase === 'starting') this.#begin();
      this.#alarm.ringSoon();
    });
  }

  stop(reason: string): void {
    this.#stopped ??= reason;
    this.#alarm.ringSoon();
  }

  #begin(): void {
    const nowNs = this.#port.nowNs();
    this.#phase = 'steps';
    this.#book.begin(nowNs);
    this.#steps.begin(nowNs);
  }

  #take(events: readonly LabEvent[]): void {
    const world = this.#world;
    const nowNs = this.#port.nowNs();
    for (const event of events) {
      world.take(event);
      this.#watchCluster(event);
      this.#work.take(event);
      this.#book.take(event, world);
      this.#steps.take(event);
      if (this.#phase === 'starting' || isQuiet(event)) continue;
      this.#book.look(world, nowNs);
      this.#steps.look(nowNs);
    }
    // Commands only later: whoever is told of events is in the middle of them.
    if (this.#phase !== 'starting') this.#alarm.ringSoon();
  }

  /** What counts, counts from its cluster's first moment: an election may be won before all have started. */
  #watchCluster({ type }: LabEvent): void {
    if (this.#phase === 'starting' && type === 'cluster-started') {
      this.#book.open();
      this.#steps.open();
    }
    if (this.#phase === 'starting') return;
    if (type === 'cluster-started') this.stop('another cluster was started');
    if (type === 'cluster-stopped') this.stop('the cluster was stopped');
  }

  #advance(): void {
    const nowNs = this.#port.nowNs();
    if (this.#phase === 'ended' || this.#phase === 'judging') return;
    if (nowNs >= this.#endNs) {
      this.#failure ??= `it took longer than ${durationText(limits.scenarioMsMax)}; ${standing(this.#world)}`;
    }
    if (this.#stopped !== undefined || this.#failure !== undefined) return this.#judge();
    this.#alarm.ringAt(this.#endNs);
    if (this.#phase === 'steps') this.#advanceSteps();
    // The last step is done: its requests are waited for, and what asks by itself is stopped.
    if (this.#phase === 'settling' && this.#work.settle(this.#port, () => this.#alarm.ringSoon())) {
      this.#phase = 'asking';
      this.#book.askAll(this.#world, nowNs);
    }
    if (this.#phase === 'asking') this.#ask(nowNs);
  }

  #advanceSteps(): void {
    const state = this.#steps.advance(() => this.#port.nowNs());
    if (state.kind === 'wait') return this.#alarm.ringAt(state.untilNs ?? Infinity);
    this.#phase = 'settling';
    if (state.kind !== 'failed') return;
    this.#failure ??= state.reason;
    this.#judge();
  }

  #ask(nowNs: number): void {
    this.#book.look(this.#world, nowNs);
    const untilNs = this.#book.openUntilNs;
    if (untilNs === undefined || nowNs >= untilNs) this.#judge();
    else this.#alarm.ringAt(untilNs);
  }

  #judge(): void {
    this.#phase = 'judging';
    if (this.#book.needsChecks && this.#stopped === undefined) {
      this.#port.execute({ type: 'judge' }, (report) => this.#end(report));
    } else this.#end(undefined);
  }

  #end(report: Result<CheckReport> | undefined): void {
    const ended = { failure: this.#failure, stopped: this.#stopped };
    const judged = this.#book.results(this.#world, report, ended.failure ?? ended.stopped);
    for (const one of judged) this.#tellJudged(one);
    const expectations = [...this.#expected, ...judged];
    const verdict = { title: this.#options.title, ...runVerdict(expectations, ended) };
    this.#phase = 'ended';
    this.#alarm.turnOff();
    this.#unsubscribe();
    this.#port.tell({ type: 'scenario-ended', ...verdict });
    this.#onEnd({ ...verdict, expectations });
  }

  #onDue(step: Step, text: string): void {
    this.#port.tell({ type: 'scenario-step', step: this.#steps.number, text });
    this.#book.onStep(step.as, this.#world, this.#port.nowNs());
  }

  /** @param result undefined when the command was just given */
  #onAnswer(step: Step, text: string, result: Result<unknown> | undefined): void {
    if (result === undefined) return this.#work.begin();
    this.#work.end();
    if (step.as !== undefined) this.#world.answer(step.as, result);
    this.#failure ??= wrongAnswer(step, text, result);
  }

  #onExpected(step: Step, failure: string | undefined): void {
    if (step.action.kind !== 'expect') return;
    const outcome = failure === undefined ? 'met' : 'failed';
    const judged = { text: step.action.condition.text, outcome, reason: failure ?? '' } as const;
    this.#expected.push(judged);
    this.#tellJudged(judged);
  }

  #tellJudged({ text, outcome, reason }: ExpectationResult): void {
    this.#port.tell({ type: 'scenario-judged', expectation: text, outcome, reason });
  }
}
