/**
 * Everything that a person does to a cluster's links, disks, clocks and threads, as long as it is in force: told to the stream,
 * sent to the nodes, and given to each that is started later.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { NodeOptions } from '../node/worker-messages.ts';
import type { EventStream } from './event-stream.ts';
import { LinkBoard } from '../faults/link-board.ts';
import { MachineBoard } from './machine-board.ts';
import type { NodeHandle } from './node-handle.ts';

export class FaultBoard {
  readonly links: LinkBoard;
  readonly machines: MachineBoard;

  /** @param nodeOf the latest life of a node */
  constructor(stream: EventStream, nodeOf: (id: NodeId) => NodeHandle) {
    const tell = stream.emit.bind(stream);
    const lamport = (): number => stream.clock.lamport;
    this.machines = new MachineBoard({ tell, lamport, nodeOf });
    this.links = new LinkBoard({
      tell,
      send: (to, rules) => nodeOf(to).set({ type: 'fault-rules', rules, lamport: lamport() }),
    });
  }

  /** What a node is launched with. */
  launchOptions(id: NodeId): Pick<NodeOptions, 'faultRules' | 'disk' | 'clockPartsPerMillion'> {
    return { faultRules: this.links.rulesOf(id), ...this.machines.launchOptions(id) };
  }

  /** Everything is whole, sound, true and running again. @returns how many faults ended. */
  healAll(): number {
    return this.links.healAll() + this.machines.healAll();
  }
}
