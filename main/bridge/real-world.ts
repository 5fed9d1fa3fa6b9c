/** A real lab as a world that can be opened. */
import type { EventStream } from '../lab/event-stream.ts';
import { labAsPort } from '../lab/lab-as-port.ts';
import type { Lab } from '../lab/lab.ts';
import { keepNothing, queryOf } from './ask-world.ts';
import type { KeepStream, OpenWorld } from './open-world.ts';

/**
 * @param stream the lab's own, of which nothing was told yet
 * @param keep keeps it
 */
export function realWorld(lab: Lab, stream: EventStream, keep: KeepStream = keepNothing): OpenWorld {
  const kept = keep(lab, 'real');
  const port = labAsPort(lab, stream);
  return {
    kind: 'real',
    execute: (command) => lab.execute(command),
    query: queryOf(kept, (node, index) => lab.heldEntry(node, index)),
    subscribe: (handler) => lab.subscribe(handler),
    snapshot: () => lab.snapshot(),
    get position() {
      return lab.position;
    },
    nowNs: () => lab.nowNs(),
    tell: (event) => port.tell(event),
    // Its time passes by itself.
    begin: () => {},
    async close() {
      await lab.close();
      await kept.close();
    },
  };
}
