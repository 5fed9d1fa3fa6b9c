/**
 * One client request while it waits, and what is said when it waited too long.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { AppendRequest, ClientRequest } from '../../shared/client-request.ts';
import type { EntryDraft } from '../../shared/log-entry.ts';
import type { Failure } from '../../shared/result.ts';
import type { Ticket } from '../raft/contract.ts';

/** Who waits for the answer: a client, or the server that passed the request on. */
export type Asker = ClientAsker | { readonly kind: 'node'; readonly node: NodeId; readonly round: number };

/** A client, of the program that runs this server or from outside. */
export type ClientAsker = { readonly kind: 'client'; readonly requestId: string } | OutsideAsker;

/** A client from outside the cluster, by its own number for the request. */
export interface OutsideAsker {
  readonly kind: 'outside';
  readonly client: NodeId;
  readonly number: number;
}

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
 * - `queued`: waits for a leader, but not before `notBeforeNs` or a change of leader.
 * - `proposing`: handed to the own core. If the node ends before the core has answered, it may stand in the log or not.
 * - `changing`: the core carries out a change of membership or a transfer.
 * - `reading`: the core confirms the read.
 * - `applying`: the read is confirmed and waits until its index is applied.
 */
export type Phase =
  | { readonly name: 'queued'; readonly notBeforeNs: number }
  | { readonly name: 'proposing' }
  | ProposedPhase
  | ForwardedPhase
  | { readonly name: 'changing' }
  | { readonly name: 'reading' }
  | { readonly name: 'applying' };

/** A request on its way to an answer. */
export interface Waiting {
  readonly ticket: Ticket;
  readonly asker: Asker;
  readonly request: ClientRequest;
  readonly deadlineNs: number;
  phase: Phase;
  /** A copy of it is under way that may take effect. Only an append of a session waits on with that: it takes effect once. */
  mayTakeEffect: boolean;
}

/** True for a client's append that may be sent again although a copy may be on its way: its session takes it once. */
export function isRepeatable({ asker, request }: Waiting): boolean {
  return asker.kind !== 'node' && request.kind === 'append' && request.session !== undefined;
}

/** The log entries of an append: the first carries the condition and the session, the others share its fate. */
export function appendDrafts({ entries, expect, session }: AppendRequest): EntryDraft[] {
  const [only] = entries;
  // Nearly every append: see `simpleEntry`.
  if (only && entries.length === 1 && !expect) return [{ kind: 'client', payload: only, ...(session && { session }) }];
  return entries.map((payload, position) => ({
    kind: 'client',
    payload,
    ...(position === 0 && expect && { expect }),
    ...(position === 0 && session && { session }),
    ...(position > 0 && { continues: true }),
    ...(position < entries.length - 1 && { more: true }),
  }));
}

/** To a server that passed an append on: nothing was done about it here, and never will be. */
export const notLeading: Failure = { code: 'no-leader', message: 'I do not lead this term.' };

/** To a client of a server that was removed, or is still to be added. */
export const noMember: Failure = {
  code: 'no-leader',
  message:
    'This node is no member of the cluster, as far as it knows, and hears of no leader. Nothing was done; ask a member.',
};

/** A failure after which the append may still take effect. */
export function unknownOutcome(what: string): Failure {
  return {
    code: 'timed-out',
    message: `${what} Whether the append takes effect is not known: read the log before you append it again, or repeat it in its session.`,
  };
}

/** What to tell a client whose deadline has passed: without effect only if nothing was sent. */
export function overdue(waiting: Waiting): Failure {
  if (waiting.request.kind === 'index-range') {
    return {
      code: 'no-leader',
      message: 'No leader confirmed the read in time. Try again when there is one, or read locally (may be stale).',
    };
  }
  if (!wasBegun(waiting))
    return {
      code: 'no-leader',
      message: `There was no leader in time; ${nothingDone(waiting)}. Try again when there is one.`,
    };
  return leftOpen(waiting, 'was not committed in time');
}

/** What to tell a client whose node ends while it waits. */
export function interrupted(waiting: Waiting): Failure {
  if (waiting.request.kind === 'index-range')
    return { code: 'not-running', message: 'The node ended before it had the answer. Ask another node.' };
  if (!wasBegun(waiting)) {
    return {
      code: 'not-running',
      message: `The node ended before it passed the request on; ${nothingDone(waiting)}. Ask another node.`,
    };
  }
  return leftOpen(waiting, 'had no answer when the node ended');
}

function wasBegun({ phase, mayTakeEffect }: Waiting): boolean {
  return phase.name !== 'queued' || mayTakeEffect;
}

function nothingDone({ request }: Waiting): string {
  return request.kind === 'append' ? 'nothing was appended' : 'nothing was done';
}

/** A failure after which the request may still take effect. @param what has become of it: `was not committed in time` */
export function leftOpen({ request }: Waiting, what: string): Failure {
  if (request.kind === 'append') return unknownOutcome(`The append ${what}.`);
  return {
    code: 'timed-out',
    message: `The request (${request.kind}) ${what}. Whether it takes effect is not known: look before you repeat it.`,
  };
}
