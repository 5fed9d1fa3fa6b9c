/**
 * The network between cores: a list of messages that a test delivers, drops or repeats as it likes.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { ConsensusMessage, MessageKind } from '../../shared/raft-message.ts';

/** A message on its way. */
export interface Flight {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly sentNs: number;
  readonly message: ConsensusMessage;
}

export interface FlightFilter {
  readonly from?: NodeId;
  readonly to?: NodeId;
  readonly kind?: MessageKind;
}

export class CoreNetwork {
  /** In the order in which they were sent. */
  flights: Flight[] = [];
  readonly #cuts = new Set<string>();

  /** From now on nothing is delivered between them, in neither direction. */
  cut(left: NodeId, right: NodeId): void {
    this.cutOneWay(left, right);
    this.cutOneWay(right, left);
  }

  /** From now on nothing that `from` sends reaches `to`. */
  cutOneWay(from: NodeId, to: NodeId): void {
    this.#cuts.add(`${from}>${to}`);
  }

  isCut(from: NodeId, to: NodeId): boolean {
    return this.#cuts.has(`${from}>${to}`);
  }

  /** Takes all cuts back. */
  heal(): void {
    this.#cuts.clear();
  }

  /** The messages in flight that fit. */
  inFlight({ from, to, kind }: FlightFilter = {}): Flight[] {
    return this.flights.filter(
      (flight) =>
        (from === undefined || flight.from === from) &&
        (to === undefined || flight.to === to) &&
        (kind === undefined || flight.message.kind === kind),
    );
  }

  /** Takes the messages out of the air. @returns them, for a later delivery. */
  drop(filter: FlightFilter = {}): Flight[] {
    const lost = this.inFlight(filter);
    this.flights = this.flights.filter((flight) => !lost.includes(flight));
    return lost;
  }
}
