/**
 * What must hold in every world (Raft Figure 3), looked at after each move.
 */
import type { CoreEvent } from '../../../shared/event.ts';
import { termAt } from '../../raft/log-shape.ts';
import type { RaftState } from '../../raft/state.ts';
import type { Committed, World } from './abstract-state.ts';

/** A world with what it adds to the history, or the sentence that says which promise broke. */
export type Checked = { readonly world: World } | { readonly broken: string };

export function checkPromises(world: World, server: RaftState, events: readonly CoreEvent[]): Checked {
  const said = events.find((event) => event.type === 'promise-broken');
  if (said) return { broken: `${said.promise}: ${said.reason}` };
  const led = checkLeader(world, server);
  if ('broken' in led) return led;
  return checkCommitted(led.world, server);
}

/** Election Safety, and Leader Completeness for what was committed in earlier terms. */
function checkLeader(world: World, server: RaftState): Checked {
  const { id, term, role, log } = server;
  if (role.name !== 'leader') return { world };
  const other = world.leaders[term];
  if (other === id) return { world };
  if (other !== undefined) return { broken: `election safety: servers ${other} and ${id} both lead term ${term}` };
  const lacking = world.committed.findIndex(
    (entry, position) => entry.inTerm < term && termAt(log, position + 1) !== entry.term,
  );
  if (lacking !== -1) {
    const entry = `entry ${lacking + 1} (term ${world.committed[lacking]?.term})`;
    return { broken: `leader completeness: server ${id} leads term ${term} without ${entry}, which was committed` };
  }
  const leaders = [...world.leaders];
  for (let missing = leaders.length; missing < term; missing++) leaders[missing] = undefined;
  leaders[term] = id;
  return { world: { ...world, leaders } };
}

/** State Machine Safety: what was committed once stays what it was, on every server. */
function checkCommitted(world: World, server: RaftState): Checked {
  const { commitIndex, log, id, term: inTerm } = server;
  const news: Committed[] = [];
  for (let index = 1; index <= commitIndex; index++) {
    const term = termAt(log, index) ?? 0;
    const known = world.committed[index - 1];
    if (!known) news.push({ term, inTerm });
    else if (known.term !== term) {
      const was = `was committed with term ${known.term}`;
      return {
        broken: `state machine safety: entry ${index} ${was}, and server ${id} has it committed with term ${term}`,
      };
    }
  }
  return { world: news.length === 0 ? world : { ...world, committed: [...world.committed, ...news] } };
}
