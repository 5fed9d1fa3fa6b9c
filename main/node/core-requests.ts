/**
 * What one loop turn asks of the own core on behalf of its clients: proposals and reads together, so that they share
 * messages; changes one by one.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { ClientRequest } from '../../shared/client-request.ts';
import { entryOverheadBytes, type EntryDraft } from '../../shared/log-entry.ts';
import type { ConfirmedReadMode } from '../../shared/raft-message.ts';
import type { CoreInput, Proposal, Ticket } from '../raft/contract.ts';
import { appendDrafts, type Waiting } from './waiting-request.ts';

/** `more`: other requests could go on as well, in another turn. */
export interface Dispatched {
  readonly inputs: readonly CoreInput[];
  readonly more: boolean;
}

const nothing = new Uint8Array(0);

export class CoreRequests {
  readonly #proposals: Proposal[] = [];
  readonly #reads: Record<ConfirmedReadMode, Ticket[]> = { linearizable: [], lease: [] };
  readonly #changes: CoreInput[] = [];
  #messages = 0;
  #proposedBytes = 0;

  /** Enough for one turn: heartbeats must not be late. */
  get isFull(): boolean {
    return (
      this.#messages >= limits.requestsPerTurnMax ||
      this.#proposals.length >= limits.proposalsPerTurnMax ||
      this.#proposedBytes >= limits.proposedBytesPerTurnMax
    );
  }

  /** An append that is passed on instead is counted as well. */
  counted(waiting: Waiting): Waiting {
    this.#messages += 1;
    return waiting;
  }

  /** A read goes to the core of any server. */
  addRead(waiting: Waiting, mode: ConfirmedReadMode): void {
    waiting.phase = { name: 'reading' };
    this.#messages += 1;
    this.#reads[mode].push(waiting.ticket);
  }

  /** Everything else goes to the leader's. */
  add(waiting: Waiting, request: Exclude<ClientRequest, { kind: 'index-range' }>): void {
    const { ticket } = waiting;
    if (request.kind === 'change-membership') {
      const { mode, voters, learners } = request;
      waiting.phase = { name: 'changing' };
      this.#messages += 1;
      this.#changes.push({ type: 'change-membership', ticket, change: { mode, voters, learners } });
    } else if (request.kind === 'transfer-leadership') {
      waiting.phase = { name: 'changing' };
      this.#changes.push({ type: 'transfer-leadership', ticket, to: request.to });
    } else {
      waiting.phase = { name: 'proposing' };
      const entries = draftsOf(request);
      for (const { payload } of entries) this.#proposedBytes += payload.byteLength + entryOverheadBytes;
      this.#proposals.push({ ticket, entries });
    }
  }

  /** In the order in which the core is to get them. */
  inputs(): readonly CoreInput[] {
    const inputs: CoreInput[] = [];
    if (this.#proposals.length > 0) inputs.push({ type: 'propose', proposals: this.#proposals });
    for (const mode of ['linearizable', 'lease'] as const) {
      const tickets = this.#reads[mode];
      if (tickets.length > 0) inputs.push({ type: 'read', tickets, mode });
    }
    return [...inputs, ...this.#changes];
  }
}

function draftsOf(
  request: Extract<ClientRequest, { kind: 'append' | 'open-session' | 'set-retention' }>,
): EntryDraft[] {
  if (request.kind === 'append') return appendDrafts(request);
  if (request.kind === 'open-session') return [{ kind: 'session', payload: nothing }];
  return [{ kind: 'retention', payload: nothing, retainEntries: request.retainEntries }];
}
