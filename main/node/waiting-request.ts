/**
 * One client request while it waits, and what is said when it waited too long.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { AppendRequest, ClientRequest } from '../../shared/client-request.ts';
import type { EntryDraft } from '../../shared/log-entry.ts';
import type { Failure } from '../../shared/result.ts';
import type { Ticket } from '../raft/contract.ts';

/** Who waits for the answer: a client of this server, or the server that passed the request on. */
export type Asker =
  | { readonly kind: 'client'; readonly requestId: string }
  | { readonly kind: 'node'; readonly node: NodeId; readonly round: number };

/** It stands in this leader's log from `firstIndex` to `lastIndex`. */
export interface ProposedPhase {
  readonly name: 'proposed';
  readonly firstIndex: number;
  readonly lastIndex: number;
  readonly term: number;
}

/** On its way to `leaderId`, who leads `term`; sent again at `retryAtNs` as long as it does. */
export interface ForwardedPhase {
  readonly name: 'forwarded';
  readonly leaderId: NodeId;
  readonly term: number;
  readonly round: number;
  /** How often it was sent. */
  sends: number;
  retryAtNs: number;
}

/**
 * - `queued`: nothing was done; waits for a leader, but not before `notBeforeNs` or a change of leader.
 * - `proposing`: handed to the own core. If the node ends before the core has answered, it may stand in the log or not.
 * - `reading`: the core confirms the read.
 * - `applying`: the read is confirmed and waits until its index is applied.
 */
export type Phase =
  | { readonly name: 'queued'; readonly notBeforeNs: number }
  | { readonly name: 'proposing' }
  | ProposedPhase
  | ForwardedPhase
  | { readonly name: 'reading' }
  | { readonly name: 'applying' };

/** A request on its way to an answer. */
export interface Waiting {
  readonly ticket: Ticket;
  readonly asker: Asker;
  readonly request: ClientRequest;
  readonly deadlineNs: number;
  phase: Phase;
}

/** The log entries of an append: the first carries the condition, the others share its fate. */
export function drafts({ entries, expect }: AppendRequest): EntryDraft[] {
  return entries.map((payload, position) => ({
    kind: 'client',
    payload,
    ...(expect && position === 0 ? { expect } : {}),
    ...(position > 0 ? { continues: true } : {}),
  }));
}

/** To a server that passed an append on: nothing was done about it here, and never will be. */
export const notLeading: Failure = { code: 'no-leader', message: 'I do not lead this term.' };

/** A failure after which the append may still take effect. */
export function unknownOutcome(what: string): Failure {
  return {
    code: 'timed-out',
    message: `${what} Whether the append takes effect is not known: read the log before you append it again.`,
  };
}

/** What to tell a client whose deadline has passed: without effect only if nothing was sent. */
export function overdue({ phase, request }: Waiting): Failure {
  if (request.kind === 'index-range') {
    return {
      code: 'no-leader',
      message: 'No leader confirmed the read in time. Try again when there is one, or read locally (may be stale).',
    };
  }
  if (phase.name === 'queued')
    return {
      code: 'no-leader',
      message: 'There was no leader in time; nothing was appended. Try again when there is one.',
    };
  return unknownOutcome('The append was not committed in time.');
}

/** What to tell a client whose node ends while it waits. */
export function interrupted({ phase, request }: Waiting): Failure {
  if (request.kind === 'index-range')
    return { code: 'not-running', message: 'The node ended before it had the answer. Ask another node.' };
  if (phase.name === 'queued') {
    return {
      code: 'not-running',
      message: 'The node ended before it passed the append on; nothing was appended. Ask another node.',
    };
  }
  return unknownOutcome('The node ended before it had the answer.');
}
