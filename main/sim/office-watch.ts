/**
 * What a plan asks of leaders: to stay in office where nothing is wrong with them, and to give up where something is.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { Administrator } from './administrator.ts';
import type { WatchAct } from './plan.ts';
import type { ownPromises } from './run-result.ts';
import type { World } from './world.ts';

export type ReportOwn = (promise: keyof typeof ownPromises, sentence: string) => void;

/** How often it is looked at, ms. */
const everyMs = 5;

export class OfficeWatch {
  readonly #world: World;
  readonly #administrator: Administrator;
  readonly #report: ReportOwn;

  constructor(world: World, administrator: Administrator, report: ReportOwn) {
    this.#world = world;
    this.#administrator = administrator;
    this.#report = report;
  }

  carryOut({ kind, forMs }: WatchAct): void {
    const { leader } = this.#administrator;
    const state = leader?.state;
    if (!leader || !state) return;
    const { term } = state;
    const leads = (): boolean => state.role.name === 'leader' && state.term === term;
    // Another process in its place is not the one that was asked.
    const isThere = (): boolean => leader.state === state;
    if (kind === 'gives-up') {
      this.#after(forMs, () => {
        if (!isThere() || !leads()) return;
        this.#report(
          'gives-up',
          `Server ${leader.id} leads term ${term} still, ${forMs} ms after it could not any more.`,
        );
      });
      return;
    }
    const untilNs = this.#world.nowNs + forMs * nanosecondsPerMillisecond;
    const look = (): void => {
      if (!isThere()) return;
      if (!leads()) {
        const what = `is ${state.role.name} of term ${state.term}`;
        this.#report(
          'keeps-office',
          `Server ${leader.id}, which led term ${term} and which a majority heard, ${what}.`,
        );
      } else if (this.#world.nowNs < untilNs) {
        this.#after(everyMs, look);
      }
    };
    look();
  }

  #after(ms: number, action: () => void): void {
    this.#world.call(this.#world.nowNs + ms * nanosecondsPerMillisecond, action);
  }
}
