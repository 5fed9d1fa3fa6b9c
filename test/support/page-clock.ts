/** Time for the page's work. */
import { vi } from 'vitest';

/** The clock of the page stands still: no frame's share of time is ever used up, however busy the machine. Call in `beforeEach`. */
export function holdPageClock(): void {
  vi.spyOn(performance, 'now').mockReturnValue(0);
}
