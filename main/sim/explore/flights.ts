/**
 * The messages of a search: each is kept once and goes by its number, also under another naming of the servers.
 */
import type { NodeId } from '../../../shared/ids.ts';
import { required } from '../../../shared/assert.ts';
import type { ConsensusMessage } from '../../../shared/raft-message.ts';
import type { Flight } from './abstract-state.ts';

/** A naming of the servers: position i has the new name of server i. */
export type Naming = readonly NodeId[];

export class FlightTable {
  readonly #flights: Flight[] = [];
  readonly #numbers = new Map<string, number>();
  /** By naming, then by flight. */
  readonly #renamed = new Map<Naming, number[]>();

  get(number: number): Flight {
    return required(this.#flights[number], `flight ${number} is known`);
  }

  numberOf(from: NodeId, to: NodeId, message: ConsensusMessage): number {
    const key = keyOf(from, to, message);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#flights.length;
    this.#flights.push({ number, from, to, message });
    this.#numbers.set(key, number);
    return number;
  }

  /** The number of the same message between the servers of another naming. */
  renamed(number: number, naming: Naming): number {
    let table = this.#renamed.get(naming);
    if (!table) this.#renamed.set(naming, (table = []));
    return (table[number] ??= this.#rename(number, naming));
  }

  #rename(number: number, naming: Naming): number {
    const { from, to, message } = this.get(number);
    const name = (id: NodeId): NodeId => required(naming[id], `server ${id} has a name`);
    const own = message.kind === 'request-vote' ? { candidateId: name(from) } : {};
    const lead = message.kind === 'append-entries' ? { leaderId: name(from) } : {};
    return this.numberOf(name(from), name(to), { ...message, ...own, ...lead });
  }
}

/** Fields that every message of a kind has in the same order; payloads are empty in a search. */
function keyOf(from: NodeId, to: NodeId, message: ConsensusMessage): string {
  let key = `${from}>${to}`;
  for (const [name, value] of Object.entries(message)) {
    if (name === 'entries' && message.kind === 'append-entries')
      for (const { term } of message.entries) key += ` e${term}`;
    else key += ` ${String(value)}`;
  }
  return key;
}
