/**
 * A line that says how far a long piece of work is.
 */

/** Written to by a ProgressLine; `process.stderr` is one. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Work that ends within this time isn't worth a line, ms. */
const quietMs = 700;

/** Without a terminal each line stays, so there are few of them, ms. */
const stayingLineMs = 5_000;

/** Shows megabytes: on a terminal one line that changes and is wiped at the end, elsewhere a line now and then. */
export class ProgressLine {
  readonly #output: ProgressOutput;
  readonly #label: string;
  readonly #now: () => number;
  #nextMs: number;
  #shown = false;

  constructor(label: string, output: ProgressOutput, now: () => number = () => performance.now()) {
    this.#label = label;
    this.#output = output;
    this.#now = now;
    this.#nextMs = now() + quietMs;
  }

  show(bytes: number): void {
    if (this.#now() < this.#nextMs) return;
    const text = `${this.#label}: ${(bytes / 1e6).toFixed(1)} MB`;
    if (this.#output.isTTY === true) {
      this.#output.write(`\r\u001B[K${text}`);
    } else {
      this.#output.write(`${text}\n`);
      this.#nextMs = this.#now() + stayingLineMs;
    }
    this.#shown = true;
  }

  end(): void {
    if (this.#shown && this.#output.isTTY === true) this.#output.write('\r\u001B[K');
  }
}
