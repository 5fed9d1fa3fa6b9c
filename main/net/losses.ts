/**
 * Counts what one sender's datagrams lost on the way, by its numbers: they have no gaps, so what is between the first
 * and the highest one that came, and did not come, was lost by the network or by this node's own receive buffer.
 */
import { limits } from '../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { BootId } from '../../shared/ids.ts';
import type { ReplayWindows } from './replay-window.ts';

export class Losses {
  #boot: BootId = 0;
  #told = 0;
  #lookedNs: number | undefined;

  /**
   * Looks at the sender's latest boot, at most once in `limits.lossesToldMs`.
   * @returns what is missing and has not been told yet, and all that is; undefined when there is nothing to tell.
   */
  look(
    windows: ReplayWindows,
    boot: BootId,
    nowNs: number,
  ): { readonly count: number; readonly missing: number } | undefined {
    // At the first datagrams nothing can be missed yet but what is late.
    this.#lookedNs ??= nowNs;
    if (nowNs - this.#lookedNs < limits.lossesToldMs * nanosecondsPerMillisecond) return undefined;
    this.#lookedNs = nowNs;
    if (boot !== this.#boot) {
      this.#boot = boot;
      this.#told = 0;
    }
    const missing = windows.missing(boot);
    const count = missing - this.#told;
    // Fewer than were told: late ones came. They count against the next loss.
    if (count <= 0) return undefined;
    this.#told = missing;
    return { count, missing };
  }
}
