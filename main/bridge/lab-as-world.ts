/** A real lab, and the store that keeps its stream, as pages see them. */
import { fail } from '../../shared/result.ts';
import type { Lab } from '../lab/lab.ts';
import type { KeptStream } from '../session/keep-stream.ts';
import type { World } from './world.ts';

/** @param kept nothing is kept where it is missing */
export function labAsWorld(
  lab: Pick<Lab, 'execute' | 'subscribe' | 'snapshot' | 'nowNs' | 'position'>,
  kept?: Pick<KeptStream, 'query'>,
): World {
  return {
    execute: (command) => lab.execute(command),
    query: (query) => kept?.query(query) ?? Promise.resolve(fail('not-running', 'Nothing is kept of this stream.')),
    subscribe: (handler) => lab.subscribe(handler),
    snapshot: () => lab.snapshot(),
    get position() {
      return lab.position;
    },
    nowNs: () => lab.nowNs(),
    onReplaced: () => () => {},
  };
}
