/**
 * Runs one variant of a scenario over a lab: starts its cluster, carries its steps out in order, and judges what it expects. The
 * same on real time and on simulated time: nothing happens here but in answer to the port.
 */
import { limits } from '../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { Result } from '../../shared/result.ts';
import type { ScenarioOutcome } from '../../shared/scenario-event.ts';
import type { CheckReport } from '../../shared/verdict.ts';
import type { LabPort } from '../lab-port.ts';
import { ExpectationBook, type ExpectationResult } from './expectation-book.ts';
import type { Step, Variant } from './scenario.ts';
import { standing } from './standing.ts';
import { StepRun, type StepSurroundings } from './step-run.ts';
import { World } from './world.ts';

export interface ScenarioResult {
  readonly title: string;
  readonly outcome: ScenarioOutcome;
  /** Why it is not met, or not judged; when it is met, what could not be judged and did not have to be. */
  readonly reason: string;
  readonly expectations: readonly ExpectationResult[];
}

/** A scenario that runs. */
export interface ScenarioRun {
  /** Ends it where it stands; what is not decided by then is not judged. */
  stop(reason: string): void;
}

/** What is run, beside the steps: `title` names it in the stream; `seed` goes before the one that was written. */
export interface ScenarioRunOptions {
  readonly title: string;
  readonly seed?: number;
}

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

/** Datagrams and timers move no condition by themselves; those that count them are asked with the next event. */
const quietTypes: readonly LabEvent['type'][] = ['datagram-sent', 'datagram-received', 'timer-set'];

class Run implements ScenarioRun {
  readonly #port: LabPort;
  readonly #variant: Variant;
  readonly #options: ScenarioRunOptions;
  readonly #onEnd: (result: ScenarioResult) => void;
  readonly #world = new World();
  readonly #book: ExpectationBook;
  readonly #expected: ExpectationResult[] = [];
  readonly #around: StepSurroundings;
  #phase: 'starting' | 'steps' | 'settling' | 'asking' | 'judging' | 'ended' = 'starting';
  #position = 0;
  #current: StepRun | undefined;
  #next: StepRun | undefined;
  #startNs = 0;
  #endNs = Infinity;
  /** Requests that are not answered yet. */
  #open = 0;
  #hasWorkload = false;
  #failure: string | undefined;
  #stopped: string | undefined;
  #unsubscribe = (): void => {};
  #cancelWake = (): void => {};
  #wakeAtNs = Infinity;

  constructor(port: LabPort, variant: Variant, options: ScenarioRunOptions, onEnd: (result: ScenarioResult) => void) {
    this.#port = port;
    this.#variant = variant;
    this.#options = options;
    this.#onEnd = onEnd;
    this.#book = new ExpectationBook(variant.expect);
    this.#around = {
      port,
      world: this.#world,
      onDue: (step, text) => this.#onDue(step, text),
      onAnswer: (step, text, result) => this.#onAnswer(step, text, result),
      onExpected: (step, failure) => this.#onExpected(step, failure),
      wake: () => this.#wake(this.#port.nowNs()),
    };
  }

  start(): void {
    const { title, seed } = this.#options;
    const { cluster, steps } = this.#variant;
    this.#port.tell({ type: 'scenario-started', title, steps: steps.length });
    this.#unsubscribe = this.#port.subscribe((events) => this.#take(events));
    this.#endNs = this.#port.nowNs() + limits.scenarioMsMax * nanosecondsPerMillisecond;
    this.#port.execute({ ...cluster, ...(seed !== undefined && { seed }) }, (result) => {
      if (!result.ok) this.#fail(`the cluster did not start: ${result.failure.message}`);
      else if (this.#phase === 'starting') this.#begin();
      this.#wake(this.#port.nowNs());
    });
  }

  stop(reason: string): void {
    if (this.#phase === 'ended' || this.#stopped !== undefined) return;
    this.#stopped = reason;
    this.#wake(this.#port.nowNs());
  }

  #begin(): void {
    const nowNs = this.#port.nowNs();
    this.#phase = 'steps';
    this.#startNs = nowNs;
    this.#book.start(nowNs);
    this.#current = this.#prepare(0);
    this.#current?.begin(nowNs, nowNs);
  }

  #prepare(position: number): StepRun | undefined {
    const step = this.#variant.steps[position];
    return step && new StepRun(step, this.#around);
  }

  #take(events: readonly LabEvent[]): void {
    const world = this.#world;
    const nowNs = this.#port.nowNs();
    for (const event of events) {
      world.take(event);
      if (event.type === 'cluster-started' || event.type === 'cluster-stopped') this.#watchCluster(event);
      if (event.type === 'workload-started') this.#hasWorkload = true;
      if (event.type === 'workload-stopped') this.#hasWorkload = false;
      if (this.#phase === 'starting') continue;
      this.#book.take(event, world);
      this.#current?.take(event);
      this.#next?.take(event);
      if (quietTypes.includes(event.type)) continue;
      this.#book.look(world, nowNs);
      this.#current?.look(nowNs);
    }
    // Commands only later: whoever is told of events is in the middle of them.
    if (this.#phase !== 'starting') this.#wake(nowNs);
  }

  /** Somebody else's cluster is none of the scenario's. */
  #watchCluster({ type }: LabEvent): void {
    if (this.#phase === 'starting' || this.#phase === 'ended') return;
    this.stop(type === 'cluster-started' ? 'another cluster was started' : 'the cluster was stopped');
  }

  /** Looks again at that time, or earlier if that was asked for. */
  #wake(atNs: number): void {
    if (this.#phase === 'ended' || atNs >= this.#wakeAtNs) return;
    this.#cancelWake();
    this.#wakeAtNs = atNs;
    const delayMs = Math.max(0, Math.ceil((atNs - this.#port.nowNs()) / nanosecondsPerMillisecond));
    this.#cancelWake = this.#port.after(delayMs, () => {
      this.#wakeAtNs = Infinity;
      this.#advance();
    });
  }

  #advance(): void {
    const nowNs = this.#port.nowNs();
    if (this.#phase === 'ended' || this.#phase === 'judging') return;
    if (nowNs >= this.#endNs) {
      const minutes = limits.scenarioMsMax / 60_000;
      this.#fail(`it took longer than ${minutes} min; ${standing(this.#world)}`);
    }
    if (this.#stopped !== undefined || this.#failure !== undefined) return this.#judge();
    this.#wake(this.#endNs);
    if (this.#phase === 'steps') this.#advanceSteps();
    if (this.#phase === 'settling') this.#settle();
    if (this.#phase === 'asking') this.#ask(nowNs);
  }

  #advanceSteps(): void {
    for (;;) {
      const nowNs = this.#port.nowNs();
      const state = this.#current?.advance(nowNs);
      if (state?.kind === 'wait') {
        if (state.untilNs !== undefined) this.#wake(state.untilNs);
        return;
      }
      if (state?.kind === 'failed') {
        this.#fail(`step ${this.#position + 1} (line ${this.#current?.step.line ?? 0}) ${state.reason}`);
        return this.#judge();
      }
      if (!state) {
        this.#phase = 'settling';
        return;
      }
      this.#position += 1;
      this.#current = this.#next ?? this.#prepare(this.#position);
      this.#next = undefined;
      this.#current?.begin(this.#startNs, nowNs);
    }
  }

  /** The last step is done: its requests are waited for, and what asks by itself is stopped. */
  #settle(): void {
    if (this.#hasWorkload) {
      this.#hasWorkload = false;
      this.#open += 1;
      this.#port.execute({ type: 'stop-workload' }, () => {
        this.#open -= 1;
        this.#wake(this.#port.nowNs());
      });
    }
    if (this.#open > 0) return;
    this.#phase = 'asking';
    this.#book.askAll(this.#world, this.#port.nowNs());
  }

  #ask(nowNs: number): void {
    this.#book.look(this.#world, nowNs);
    const untilNs = this.#book.openUntilNs;
    if (untilNs === undefined || nowNs >= untilNs) this.#judge();
    else this.#wake(untilNs);
  }

  #judge(): void {
    if (this.#phase === 'judging' || this.#phase === 'ended') return;
    this.#phase = 'judging';
    if (this.#book.needsChecks && this.#stopped === undefined) {
      this.#port.execute({ type: 'judge' }, (report) => this.#end(report));
    } else this.#end(undefined);
  }

  #end(report: Result<CheckReport> | undefined): void {
    const ended = this.#failure ?? this.#stopped;
    const judged = this.#book.results(this.#world, report, ended);
    for (const { text, outcome, reason } of judged) {
      this.#port.tell({ type: 'scenario-judged', expectation: text, outcome, reason });
    }
    const expectations = [...this.#expected, ...judged];
    const { outcome, reason } = this.#verdict(expectations);
    const { title } = this.#options;
    this.#phase = 'ended';
    this.#cancelWake();
    this.#unsubscribe();
    this.#port.tell({ type: 'scenario-ended', title, outcome, reason });
    this.#onEnd({ title, outcome, reason, expectations });
  }

  #verdict(expectations: readonly ExpectationResult[]): Pick<ScenarioResult, 'outcome' | 'reason'> {
    if (this.#failure !== undefined) return { outcome: 'failed', reason: this.#failure };
    const because = ({ text, reason }: ExpectationResult): string => `${text}: ${reason}`;
    const failed = expectations.find((one) => one.outcome === 'failed');
    if (failed) return { outcome: 'failed', reason: because(failed) };
    if (this.#stopped !== undefined) return { outcome: 'not-judged', reason: this.#stopped };
    const open = expectations.filter((one) => one.outcome === 'not-judged');
    const decisive = open.find((one) => one.isEnough !== true);
    if (decisive) return { outcome: 'not-judged', reason: because(decisive) };
    return { outcome: 'met', reason: open.map(because).join('; ') };
  }

  #onDue(step: Step, text: string): void {
    this.#port.tell({ type: 'scenario-step', step: this.#position + 1, text });
    this.#book.onStep(step.as, this.#world, this.#port.nowNs());
    this.#next = this.#prepare(this.#position + 1);
    if (step.as !== undefined && step.action.kind === 'command') {
      this.#world.requests.set(step.as, { state: 'pending' });
    }
    if (step.action.kind === 'command') this.#open += 1;
  }

  #onAnswer(step: Step, text: string, result: Result<unknown>): void {
    this.#open -= 1;
    const { as, action } = step;
    if (as !== undefined) this.#world.answer(as, result);
    const wanted = action.kind === 'command' ? action.refused : undefined;
    const code = result.ok ? undefined : result.failure.code;
    const message = result.ok ? '' : `: ${result.failure.message}`;
    // What has a name is asked about by conditions; only what makes no sense fails there and then.
    const isFine =
      wanted === undefined ? code === undefined || (as !== undefined && code !== 'invalid') : code === wanted;
    if (isFine) return;
    const actual = code === undefined ? 'it was done' : `${code}${message}`;
    this.#fail(
      `line ${step.line}: ${text}: ${wanted === undefined ? actual : `expected to be refused as ${wanted}: ${actual}`}`,
    );
  }

  #onExpected(step: Step, failure: string | undefined): void {
    if (step.action.kind !== 'expect') return;
    const { text } = step.action.condition;
    const outcome = failure === undefined ? 'met' : 'failed';
    const reason = failure ?? '';
    this.#expected.push({ text, outcome, reason });
    this.#port.tell({ type: 'scenario-judged', expectation: text, outcome, reason });
  }

  #fail(reason: string): void {
    this.#failure ??= reason;
  }
}
