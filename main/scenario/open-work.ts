/** What a run has under way: commands that are not answered yet, and clients that ask by themselves. */
import type { LabEvent } from '../../shared/event.ts';
import type { LabPort } from '../lab-port.ts';

export class OpenWork {
  #open = 0;
  #hasWorkload = false;

  take({ type }: LabEvent): void {
    if (type === 'workload-started') this.#hasWorkload = true;
    // One of a cluster before is none of this one's.
    if (type === 'workload-stopped' || type === 'cluster-started') this.#hasWorkload = false;
  }

  /** A command was given. */
  begin(): void {
    this.#open += 1;
  }

  /** A command was answered. */
  end(): void {
    this.#open -= 1;
  }

  /**
   * Nothing more is asked for: stops a workload.
   * @param wake called when it is to be asked again
   * @returns whether nothing is under way any more
   */
  settle(port: LabPort, wake: () => void): boolean {
    if (this.#hasWorkload) {
      this.#hasWorkload = false;
      this.begin();
      port.execute({ type: 'stop-workload' }, () => {
        this.end();
        wake();
      });
    }
    return this.#open === 0;
  }
}
