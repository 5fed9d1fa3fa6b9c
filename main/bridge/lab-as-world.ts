/** A real lab as pages see it. */
import { fail } from '../../shared/result.ts';
import type { Lab } from '../lab/lab.ts';
import type { World } from './world.ts';

export function labAsWorld(lab: Pick<Lab, 'execute' | 'subscribe' | 'snapshot' | 'nowNs' | 'position'>): World {
  return {
    execute: (command) => lab.execute(command),
    query: () => Promise.resolve(fail('not-running', 'Nothing is kept of this stream.')),
    subscribe: (handler) => lab.subscribe(handler),
    snapshot: () => lab.snapshot(),
    get position() {
      return lab.position;
    },
    nowNs: () => lab.nowNs(),
    onReplaced: () => () => {},
  };
}
