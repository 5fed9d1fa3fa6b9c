/** What is expected over the whole run: watched while it runs, judged at its end. */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { EventOf, LabEvent } from '../../shared/event.ts';
import { formatTime } from '../../shared/projection/log-line.ts';
import type { Result } from '../../shared/result.ts';
import type { CheckReport } from '../../shared/verdict.ts';
import { asPromiseExpectation, judgePromises, type Judgement } from './judge-promises.ts';
import type { Expectation, WatchedExpectation } from './scenario.ts';
import { standing } from './standing.ts';
import { watch } from './watch.ts';
import type { Watch, World } from './world.ts';

/** `reason`: empty where there is nothing to add. */
export interface ExpectationResult extends Judgement {
  /** As it would be read aloud. */
  readonly text: string;
}

interface Row {
  readonly expectation: Expectation;
  /** Undefined outside its bounds. */
  watch: Watch | undefined;
  /** `never`: when it came true and what stood then. */
  brokenBy?: string;
  isMet: boolean;
}

export class ExpectationBook {
  readonly #rows: Row[];
  readonly #violations: EventOf<'violation-found'>[] = [];
  #askedSinceNs: number | undefined;
  #startNs = 0;

  constructor(expectations: readonly Expectation[]) {
    this.#rows = expectations.map((expectation) => ({ expectation, watch: undefined, isMet: false }));
  }

  /** What happens counts from now on. */
  open(): void {
    for (const row of this.#rows) if (boundsOf(row).from === undefined) open(row);
  }

  /** The steps begin. */
  begin(nowNs: number): void {
    this.#startNs = nowNs;
  }

  /** A step is due: expectations begin or end with it. */
  onStep(name: string | undefined, world: World, nowNs: number): void {
    if (name === undefined) return;
    this.look(world, nowNs);
    for (const row of this.#rows) {
      const { from, to } = boundsOf(row);
      if (from === name) open(row);
      if (to === name) row.watch = undefined;
    }
  }

  take(event: LabEvent, world: World): void {
    if (event.type === 'violation-found') this.#violations.push(event);
    for (const row of this.#rows) row.watch?.take(event, world);
  }

  /** Something may have changed. */
  look(world: World, nowNs: number): void {
    for (const row of this.#rows) {
      const { expectation } = row;
      if (!row.watch || !isWatched(expectation) || row.isMet || row.brokenBy !== undefined) continue;
      if (!this.#isAsked(expectation, nowNs) || !row.watch.holds(world, nowNs)) continue;
      if (expectation.kind === 'eventually') row.isMet = true;
      else row.brokenBy = `${formatTime(nowNs - this.#startNs)} after the steps began: ${standing(world)}`;
    }
  }

  /** What is to come true in the end is asked after the last step; within bounds, as long as they last. */
  #isAsked(expectation: WatchedExpectation, nowNs: number): boolean {
    if (expectation.kind === 'never' || expectation.to !== undefined) return true;
    const since = this.#askedSinceNs;
    return since !== undefined && nowNs <= since + expectation.withinMs * nanosecondsPerMillisecond;
  }

  /** The steps are done: what is to come true in the end is asked from now on. */
  askAll(world: World, nowNs: number): void {
    this.#askedSinceNs = nowNs;
    this.look(world, nowNs);
  }

  /** When the last one that is still open gives up; undefined when none is open. */
  get openUntilNs(): number | undefined {
    const since = this.#askedSinceNs;
    if (since === undefined) return undefined;
    const open = this.#rows.flatMap(({ expectation, watch: asked, isMet }) =>
      expectation.kind === 'eventually' && asked && !isMet ? [expectation.withinMs] : [],
    );
    return open.length === 0 ? undefined : since + Math.max(...open) * nanosecondsPerMillisecond;
  }

  /** True when something can only be judged by the checks. */
  get needsChecks(): boolean {
    return this.#rows.some(({ expectation }) => asPromiseExpectation(expectation) !== undefined);
  }

  /** @param ended why the run ended before its last step; undefined when it came to its end */
  results(world: World, report: Result<CheckReport> | undefined, ended: string | undefined): ExpectationResult[] {
    return this.#rows.map((row) => {
      const { expectation } = row;
      const text = expectationText(expectation);
      const aboutPromises = asPromiseExpectation(expectation);
      if (aboutPromises) {
        return { text, ...judgePromises(aboutPromises, { report, violations: this.#violations, ended }) };
      }
      return { text, ...judgeRow(row, world, ended) };
    });
  }
}

function isWatched(expectation: Expectation): expectation is WatchedExpectation {
  return expectation.kind === 'never' || expectation.kind === 'eventually';
}

function boundsOf({ expectation }: Row): { readonly from?: string; readonly to?: string } {
  return isWatched(expectation) ? expectation : {};
}

function open(row: Row): void {
  if (isWatched(row.expectation)) row.watch = watch(row.expectation.condition);
}

function judgeRow(row: Row, world: World, ended: string | undefined): Judgement {
  const { expectation, isMet, brokenBy } = row;
  if (brokenBy !== undefined) return { outcome: 'failed', reason: brokenBy };
  if (isMet) return { outcome: 'met', reason: '' };
  if (ended !== undefined) return { outcome: 'not-judged', reason: ended };
  if (expectation.kind === 'never') return { outcome: 'met', reason: '' };
  const condition = expectation.kind === 'eventually' ? expectation.condition : undefined;
  return { outcome: 'failed', reason: standing(world, condition) };
}

/** As it would be read aloud: `never: violation`. */
export function expectationText(expectation: Expectation): string {
  if (expectation.kind === 'broken') return `broken: ${expectation.promises.join(' or ')}`;
  if (expectation.kind === 'held') return `held: ${expectation.promises.join(', ')}`;
  if (expectation.kind === 'promise-void') return `promise void: ${expectation.count.sign} ${expectation.count.number}`;
  const { kind, condition, from, to } = expectation;
  const since = from === undefined ? '' : ` from ${from}`;
  const until = to === undefined ? '' : ` to ${to}`;
  return `${kind}: ${condition.text}${since}${until}`;
}
