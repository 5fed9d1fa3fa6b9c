/**
 * Runs one plan: acts at their times, the safety monitors after every event, then an end without faults in which the
 * cluster must converge, serve, and hold what it acknowledged.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { LabEvent } from '../../shared/event.ts';
import { checkHistory } from '../check/check-history.ts';
import type { Violation } from '../check/contract.ts';
import { HistoryRecorder } from '../check/history.ts';
import { SafetyMonitor } from '../check/safety-monitor.ts';
import { Administrator } from './administrator.ts';
import { calmDown, type CalmOutcome } from './calm-down.ts';
import { Clients } from './clients.ts';
import { CornerCounter } from './corners.ts';
import { DriftLog } from '../check/drift-log.ts';
import { FaultBoard } from './fault-board.ts';
import { LinkRules } from './link-rules.ts';
import { OfficeWatch } from './office-watch.ts';
import { isAdministratorAct, isClientAct, isWatchAct, type Act, type Plan } from './plan.ts';
import { RequestDesk } from './request-desk.ts';
import type { RunResult, RunViolation } from './run-result.ts';
import { createCluster, type SimCluster } from './sim-cluster.ts';

export interface RunOptions {
  /** Every event, as it happens. */
  readonly onEvent?: (event: LabEvent) => void;
  /** Only this one ends the run and is reported; by default, every one. */
  readonly promise?: string;
}

const violationsKept = 20;

export function runPlan(plan: Plan, options: RunOptions = {}): RunResult {
  return new Run(plan, options).carryOut();
}

class Run {
  readonly #plan: Plan;
  readonly #options: RunOptions;
  readonly #cluster: SimCluster;
  readonly #monitor = new SafetyMonitor({ crashMayLoseEvents: false });
  readonly #history = new HistoryRecorder();
  readonly #corners = new CornerCounter();
  readonly #violations: RunViolation[] = [];
  readonly #startNs: number;
  readonly #desk: RequestDesk;
  readonly #clients: Clients;
  readonly #administrator: Administrator;
  readonly #drift: DriftLog;
  readonly #board: FaultBoard;
  readonly #watch: OfficeWatch;
  #events = 0;
  #waived = 0;

  constructor(plan: Plan, options: RunOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#cluster = createCluster(
      plan,
      (event) => this.#onEvent(event),
      (id, cause, reason) => {
        if (cause === 'failed' && !reason.startsWith('disk-failed'))
          this.#report('keeps-running', `Server ${id} has ended by itself: ${reason}`);
      },
    );
    const { world, lab, nodes, faults } = this.#cluster;
    this.#startNs = world.nowNs;
    this.#desk = new RequestDesk(world, lab);
    this.#clients = new Clients(this.#desk, nodes);
    this.#administrator = new Administrator(this.#desk, nodes);
    this.#drift = new DriftLog(plan.setting.timings);
    const [administrator, drift] = [this.#administrator, this.#drift];
    const links = new LinkRules(
      faults,
      lab,
      nodes.map(({ id }) => id),
    );
    this.#watch = new OfficeWatch(world, administrator, (promise, sentence) => this.#report(promise, sentence));
    this.#board = new FaultBoard({ world, lab, nodes, links, administrator, drift });
  }

  carryOut(): RunResult {
    const { world, start } = this.#cluster;
    try {
      start();
      for (const { atMs, act } of this.#plan.acts)
        world.call(this.#startNs + atMs * nanosecondsPerMillisecond, () => this.#act(act));
      const endNs = this.#startNs + this.#plan.durationMs * nanosecondsPerMillisecond;
      world.runUntil(endNs, this.#isOver(endNs));
      return this.#result(this.#mustStop ? undefined : this.#end());
    } catch (error) {
      // Not a promise of Raft, but of the code that runs it.
      this.#report('keeps-running', error instanceof Error ? (error.stack ?? error.message) : String(error));
      return this.#result(undefined);
    }
  }

  get #mustStop(): boolean {
    return this.#violations.length > 0;
  }

  #isOver(endNs: number): () => boolean {
    const { world } = this.#cluster;
    let isOver = false;
    world.call(endNs, () => {
      isOver = true;
    });
    return () => isOver || this.#mustStop;
  }

  #act(act: Act): void {
    if (isClientAct(act)) this.#clients.carryOut(act);
    else if (isAdministratorAct(act)) this.#administrator.carryOut(act);
    else if (isWatchAct(act)) this.#watch.carryOut(act);
    else this.#board.carryOut(act);
  }

  #onEvent(event: LabEvent): void {
    this.#events += 1;
    if (event.node < 0) this.#history.observe(event);
    this.#corners.observe(event);
    if (event.type === 'rule-waived') this.#waived += 1;
    this.#options.onEvent?.(event);
    this.#board.observe(event);
    for (const violation of this.#monitor.observe(event)) this.#take(violation);
  }

  #take({ promise, rule, sentence }: Violation): void {
    this.#report(promise, sentence, rule);
  }

  #report(promise: string, sentence: string, rule?: Violation['rule']): void {
    const { promise: wanted = promise } = this.#options;
    if (promise !== wanted || this.#violations.length >= violationsKept) return;
    const atMs = Math.round((this.#cluster.world.nowNs - this.#startNs) / nanosecondsPerMillisecond);
    this.#violations.push({ promise, sentence, atMs, ...(rule !== undefined && { rule }) });
  }

  /** Faults stop. */
  #end(): CalmOutcome {
    this.#board.end();
    this.#clients.end();
    const { world, nodes } = this.#cluster;
    const outcome = calmDown({
      world,
      nodes,
      desk: this.#desk,
      administrator: this.#administrator,
      timings: this.#plan.setting.timings,
      acknowledged: this.#clients.acknowledged,
      mustStop: () => this.#mustStop,
    });
    for (const { promise, sentence } of outcome.problems) this.#report(promise, sentence);
    for (const violation of this.#monitor.finish()) this.#take(violation);
    return outcome;
  }

  #result(calm: CalmOutcome | undefined): RunResult {
    const { world } = this.#cluster;
    let promiseVoid = 0;
    if (calm?.finalLog && !this.#mustStop) {
      const operations = [...this.#history.operations(), ...this.#desk.retentions];
      const verdict = checkHistory(operations, { finalLog: calm.finalLog, driftSpans: this.#drift.spans });
      for (const violation of verdict.violations) this.#take(violation);
      promiseVoid = verdict.promiseVoid;
    }
    return {
      seed: this.#plan.seed,
      violations: this.#violations,
      simulatedNs: world.nowNs - this.#startNs,
      messages: this.#cluster.messages(),
      operations: this.#clients.operations,
      events: this.#events,
      faults: this.#board.counts,
      corners: this.#corners.counts,
      convergence: this.#violations.length === 0 ? (calm?.convergence ?? 0) : 0,
      promiseVoid,
      waived: this.#waived,
    };
  }
}
