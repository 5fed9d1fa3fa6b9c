/** What of the stream is worth a line where the app was started: a small fold from events to lines. */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { EventOf, LabEvent } from '../../shared/event.ts';
import { formatAddress } from '../../shared/address.ts';

export class Notices {
  /** When the cluster was started whose first leader is awaited. */
  #awaitedSinceNs: number | undefined;

  /** @returns the line that `event` is worth, if any. */
  take(event: LabEvent): string | undefined {
    switch (event.type) {
      case 'cluster-started':
        this.#awaitedSinceNs = event.timeNs;
        return describeStart(event);
      case 'cluster-stopped':
        this.#awaitedSinceNs = undefined;
        return undefined;
      case 'role-changed':
        return event.to === 'leader' ? this.#describeLeader(event) : undefined;
      case 'ports-moved':
        return event.reason;
      case 'node-ended':
        return event.cause === 'failed' ? `node ${event.target} failed: ${event.reason}` : undefined;
      default:
        return undefined;
    }
  }

  #describeLeader({ node, term, timeNs }: EventOf<'role-changed'>): string | undefined {
    if (this.#awaitedSinceNs === undefined) return undefined;
    const afterMs = Math.round((timeNs - this.#awaitedSinceNs) / nanosecondsPerMillisecond);
    this.#awaitedSinceNs = undefined;
    return `node ${node} leads term ${term} after ${afterMs} ms`;
  }
}

function describeStart({ members, folder, world, seed }: EventOf<'cluster-started'>): string {
  if (world === 'simulated') {
    const nodes = members.length === 1 ? '1 node' : `${members.length} nodes`;
    return `${nodes} simulated with seed ${seed}; time passes only for them`;
  }
  const first = members[0];
  const last = members.at(-1);
  if (!first || !last) return `a cluster without nodes was started in ${folder}`;
  if (members.length === 1) return `1 node listens on ${formatAddress(first.address)}; its log is kept in ${folder}`;
  return `${members.length} nodes listen on ${formatAddress(first.address)} to ${last.address.port}; their logs are kept in ${folder}`;
}
