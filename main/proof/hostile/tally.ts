/**
 * What became of datagrams, by the events of who got them. Each datagram shows as exactly one of: received, refused, or
 * one of those that transports send for themselves.
 */
import type { EventBody, LabEvent } from '../../../shared/event.ts';

export class Tally {
  /** Events of any kind. */
  events = 0;
  received = 0;
  dropped = 0;
  /** Between transports for themselves. No event tells of each; who owns the transport counts them. */
  controls = 0;
  /** What was told as a count. */
  aggregated = 0;
  missing = 0;
  /** Anything else: what the server did. */
  readonly others = new Map<string, number>();
  readonly refused = new Map<string, number>();

  note(event: EventBody | LabEvent): void {
    this.events += 1;
    switch (event.type) {
      case 'datagram-received':
        this.received += 1;
        break;
      case 'datagram-dropped':
        this.dropped += 1;
        break;
      case 'datagram-refused':
        add(this.refused, event.why, 1);
        break;
      case 'datagrams-refused':
        add(this.refused, event.why, event.count);
        this.aggregated += event.count;
        break;
      case 'datagrams-missing':
        this.missing += event.count;
        break;
      case 'controls-counted':
        break;
      default:
        add(this.others, event.type, 1);
    }
  }

  /** All datagrams that are accounted for. */
  get datagrams(): number {
    return this.received + this.dropped + this.controls + this.refusals;
  }

  get refusals(): number {
    return [...this.refused.values()].reduce((sum, count) => sum + count, 0);
  }
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
