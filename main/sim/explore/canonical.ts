/**
 * One key for all states that are the same but for the names of the servers.
 */
import { createHash } from 'node:crypto';
import type { NodeId } from '../../../shared/ids.ts';
import type { RaftState } from '../../raft/state.ts';
import type { World } from './abstract-state.ts';
import type { FlightTable, Naming } from './flights.ts';

/** All orders of the first `size` numbers. */
export function namingsOf(size: number): readonly Naming[] {
  if (size === 0) return [[]];
  const last = size - 1;
  return namingsOf(last).flatMap((shorter) =>
    Array.from({ length: size }, (_, position) => [...shorter.slice(0, position), last, ...shorter.slice(position)]),
  );
}

/** Equal for two worlds exactly when some naming turns one into the other (but for collisions of a 128-bit digest). */
export function keyOf(world: World, flights: FlightTable, namings: readonly Naming[]): string {
  const looks = world.servers.map((server) =>
    describeServer(server, (id) => (id === server.id ? 0 : id === null ? -1 : 1)),
  );
  // Only namings that put the servers in the order of their looks: mostly that is one.
  const sorted = looks.toSorted();
  let least = '';
  for (const naming of namings) {
    if (!looks.every((look, id) => sorted[naming[id] ?? -1] === look)) continue;
    const text = describe(world, flights, naming);
    if (least === '' || text < least) least = text;
  }
  return createHash('md5').update(least).digest('base64');
}

function describe(world: World, flights: FlightTable, naming: Naming): string {
  const name = (id: NodeId | null | undefined): number => (id === null || id === undefined ? -1 : (naming[id] ?? -1));
  const servers: string[] = [];
  for (const server of world.servers) servers[name(server.id)] = describeServer(server, name);
  const numbers = world.flights
    .map((number) => flights.renamed(number, naming))
    .toSorted((left, right) => left - right);
  const committed = world.committed.map(({ term, inTerm }) => `${term}.${inTerm}`).join(' ');
  const leaders = world.leaders.map(name).join(' ');
  return `${servers.join('|')}|${numbers.join(',')}|${world.crashes} ${world.proposals}|${leaders}|${committed}`;
}

function describeServer(server: RaftState, name: (id: NodeId | null) => number): string {
  const { term, votedFor, log, commitIndex, persistedIndex } = server;
  const runs = log.runs.map(({ term: runTerm, firstIndex }) => `${runTerm}@${firstIndex}`).join(' ');
  return `${term} ${name(votedFor)} ${runs}:${log.lastIndex} ${commitIndex} ${persistedIndex} ${describeRole(server, name)}`;
}

function describeRole({ role }: RaftState, name: (id: NodeId | null) => number): string {
  switch (role.name) {
    case 'follower':
      return `f${name(role.leaderId)}`;
    case 'candidate':
      return `c${role.votes
        .map(({ id }) => name(id))
        .toSorted((left, right) => left - right)
        .join(',')}`;
    default: {
      const progress = [...role.progress].map(([id, { mode, nextIndex, matchIndex, inFlight }]) => {
        const sent = inFlight.map(({ lastIndex }) => lastIndex).join('+');
        return `${name(id)}${mode[0]}${nextIndex},${matchIndex},${sent}`;
      });
      return `l${role.firstOwnIndex} ${progress.toSorted().join(';')}`;
    }
  }
}
