/**
 * Clients that ask by themselves, until they are stopped. Each has one request under way at most; those that are free take the
 * requests that are due, in turn.
 */
import type { Workload, WorkloadFigures } from '../../shared/workload.ts';
import { FiguresBook } from './figures-book.ts';
import { Pace } from './pace.ts';
import { WhomToAsk } from './whom-to-ask.ts';
import { WorkloadClient } from './workload-client.ts';
import type { WorkloadPort } from './workload-port.ts';

const figuresEveryMs = 1_000;

export class RunningWorkload {
  readonly #port: WorkloadPort;
  readonly #clients: readonly WorkloadClient[];
  /** Those that wait for their turn, who came first in front. */
  readonly #free: WorkloadClient[];
  readonly #pace: Pace;
  readonly #book: FiguresBook;
  #isAsking = false;
  #total: WorkloadFigures | undefined;
  #takeBackTurn: (() => void) | undefined;
  #takeBackFigures: () => void = () => {};

  /** Tells that it begins, and asks at once. @param seed what is drawn comes from it: the same one, the same requests */
  constructor(port: WorkloadPort, workload: Workload, seed: number) {
    this.#port = port;
    const nowNs = port.nowNs();
    this.#pace = new Pace(workload.requestsPerSecond, nowNs);
    this.#book = new FiguresBook(nowNs);
    const whom = new WhomToAsk(port, workload.node);
    this.#clients = Array.from({ length: workload.clients }, (_, number): WorkloadClient => {
      const client = new WorkloadClient({
        number,
        workload,
        seed,
        port,
        whom,
        onFate: (fate, latencyNs) => this.#book.note(fate, latencyNs),
        onIdle: () => {
          this.#free.push(client);
          this.#askWhatIsDue();
        },
      });
      return client;
    });
    this.#free = [...this.#clients];
    port.tell({ type: 'workload-started', workload });
    this.#tellFiguresLater();
    this.#askWhatIsDue();
  }

  /** Nobody asks any more. What is under way is not counted. @returns of all of it; the same when it has ended before */
  stop(reason: string): WorkloadFigures {
    if (this.#total) return this.#total;
    for (const client of this.#clients) client.stop();
    this.#takeBackTurn?.();
    this.#takeBackFigures();
    const nowNs = this.#port.nowNs();
    this.#port.tell({ type: 'workload-figures', figures: this.#book.endStretch(nowNs) });
    this.#total = this.#book.total(nowNs);
    this.#port.tell({ type: 'workload-stopped', reason, figures: this.#total });
    return this.#total;
  }

  #askWhatIsDue(): void {
    // A client that becomes free while this runs is seen by the loop below.
    if (this.#isAsking || this.#total) return;
    this.#isAsking = true;
    while (this.#free.length > 0 && this.#pace.take(this.#port.nowNs())) this.#free.shift()?.begin();
    this.#isAsking = false;
    if (this.#free.length === 0 || this.#takeBackTurn) return;
    this.#takeBackTurn = this.#port.after(this.#pace.waitMs(this.#port.nowNs()), () => {
      this.#takeBackTurn = undefined;
      this.#askWhatIsDue();
    });
  }

  #tellFiguresLater(): void {
    this.#takeBackFigures = this.#port.after(figuresEveryMs, () => {
      this.#port.tell({ type: 'workload-figures', figures: this.#book.endStretch(this.#port.nowNs()) });
      this.#tellFiguresLater();
    });
  }
}
