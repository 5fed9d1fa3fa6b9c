/** Asks one node for entries that it holds. It may stand still, or end: then whoever asks hears that. */
import type { NodeId } from '../../shared/ids.ts';
import type { HeldEntry } from '../../shared/query.ts';
import type { Failure, Result } from '../../shared/result.ts';
import { doesNotRun, machineWords } from '../lab-words.ts';
import type { FromNode, ToNode } from '../node/worker-messages.ts';
import type { NodeState } from './node-life.ts';
import { WaitingRequests } from './waiting-requests.ts';

interface AskedNode {
  readonly id: NodeId;
  readonly state: NodeState;
}

const patienceMs = 2_000;

export class EntryDesk {
  readonly #node: AskedNode;
  readonly #post: (message: ToNode) => void;
  readonly #waiting = new WaitingRequests<HeldEntry>();
  #asked = 0;

  constructor(node: AskedNode, post: (message: ToNode) => void) {
    this.#node = node;
    this.#post = post;
  }

  /** An entry as the node holds it now. */
  ask(index: number): Promise<Result<HeldEntry>> {
    if (this.#node.state !== 'running') return Promise.resolve({ ok: false, failure: this.#doesNotRun() });
    this.#asked += 1;
    const requestId = `entry ${this.#asked}`;
    const answer = this.#waiting.wait(requestId, patienceMs, this.#isSilent());
    this.#post({ type: 'held-entry', requestId, index });
    return answer;
  }

  answer({ requestId, result }: Extract<FromNode, { type: 'held-entry' }>): void {
    this.#waiting.answer(requestId, result);
  }

  /** The node has ended. */
  close(): void {
    this.#waiting.giveUp(this.#doesNotRun());
  }

  #doesNotRun(): Failure {
    return doesNotRun(this.#node.id, machineWords.noLook);
  }

  #isSilent(): Failure {
    return { code: 'not-running', message: `Node ${this.#node.id} does not answer: it stands still, or is busy.` };
  }
}
