/**
 * First moves of a directed search: those that the paper's own example begins with, so that what lies deep is found.
 */
import type { NodeId } from '../../../shared/ids.ts';
import { required } from '../../../shared/assert.ts';
import type { MessageKind } from '../../../shared/raft-message.ts';
import type { Opening } from './search.ts';

const timeOut =
  (server: NodeId): Opening =>
  () => ({ kind: 'time', server });

/** The latest message of this kind between the two arrives. */
const arrive =
  (kind: MessageKind, from: NodeId, to: NodeId): Opening =>
  (world, flights) => {
    const found = world.flights.findLast((number) => {
      const flight = flights.get(number);
      return flight.from === from && flight.to === to && flight.message.kind === kind;
    });
    return { kind: 'deliver', flight: required(found, `a ${kind} is on its way from ${from} to ${to}`) };
  };

/** Server `candidate` runs, and `voter` votes for it: with three servers that is enough. */
const elect = (candidate: NodeId, voter: NodeId): readonly Opening[] => [
  timeOut(candidate),
  arrive('request-vote', candidate, voter),
  arrive('request-vote-reply', voter, candidate),
];

/** Figure 8 (a) to (c) with three servers: 0 led, 1 led, 0 leads again; each has entries that nobody else has. */
export const figure8: readonly Opening[] = [
  ...elect(0, 1),
  () => ({ kind: 'hear-of-term', server: 1, from: 0, term: 1 }),
  ...elect(1, 2),
  () => ({ kind: 'hear-of-term', server: 0, from: 1, term: 2 }),
  ...elect(0, 2),
];
