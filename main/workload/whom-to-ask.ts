/** Which server is asked next: everybody who runs in turn, whoever leads, or one. */
import type { NodeId } from '../../shared/ids.ts';
import type { Workload } from '../../shared/workload.ts';
import type { WorkloadPort } from './workload-port.ts';

export class WhomToAsk {
  readonly #port: WorkloadPort;
  readonly #node: Workload['node'];
  #turn = 0;

  constructor(port: WorkloadPort, node: Workload['node']) {
    this.#port = port;
    this.#node = node;
  }

  /** Undefined when nobody runs. While nobody leads, who wants the leader asks everybody in turn. */
  next(): NodeId | undefined {
    if (typeof this.#node === 'number') return this.#node;
    const leader = this.#node === 'leader' ? this.#port.leader() : undefined;
    return leader ?? this.#inTurn();
  }

  /** Who does what only a leader does. */
  nextLeader(): NodeId | undefined {
    return this.#port.leader() ?? this.#inTurn();
  }

  #inTurn(): NodeId | undefined {
    const nodes = this.#port.nodes();
    this.#turn += 1;
    return nodes[this.#turn % nodes.length];
  }
}
