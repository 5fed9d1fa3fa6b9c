/**
 * How a node ends, asked to or because it has to give up: everyone who waits is answered, everything is closed, and
 * nothing is done afterwards.
 */
import type { EmitEvent } from '../ports.ts';
import { describeFailure, type NodeFailure } from './describe-failure.ts';
import type { EndCode } from './worker-messages.ts';

export interface EndingOptions {
  readonly emit: EmitEvent;
  readonly answerWhoWaits: () => void;
  readonly closePorts: () => void;
  /** The node has given up. Called at most once, never after `stop`. */
  readonly onFailed: (code: EndCode, reason: string) => void;
}

export class Ending {
  readonly #options: EndingOptions;
  #ended = false;

  constructor(options: EndingOptions) {
    this.#options = options;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** A broken promise or a disk that can't be used ends the node before it can say anything false. */
  guard(action: () => void): void {
    if (this.#ended) return;
    try {
      action();
    } catch (error) {
      // What has ended already may stumble over its closed ports; the first reason counts.
      if (!this.#ended) this.#fail(describeFailure(error));
    }
  }

  stop(reason: string): void {
    if (this.#ended) return;
    this.#options.emit({ type: 'node-stopping', reason });
    const problem = this.#end();
    if (problem?.event) this.#options.emit(problem.event);
  }

  #fail({ code, reason, event }: NodeFailure): void {
    if (event) this.#options.emit(event);
    this.#end();
    this.#options.onFailed(code, reason);
  }

  /** @returns what went wrong on the way; nothing that was acknowledged depends on it. */
  #end(): NodeFailure | undefined {
    this.#ended = true;
    const { answerWhoWaits, closePorts } = this.#options;
    const problems = [answerWhoWaits, closePorts].map(describeThrow);
    return problems.find((problem) => problem !== undefined);
  }
}

function describeThrow(action: () => void): NodeFailure | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return describeFailure(error);
  }
}
