/**
 * What a form says after a request: the problem that kept it here, or how it ended.
 */
import type { NodeId } from '../../../shared/ids.ts';
import { isOutcomeKnown, type Failure } from '../../../shared/result.ts';
import type { SeenEntry } from '../../stores/requests.ts';
import { text } from '../../text/client-panel.ts';
import { text as common } from '../../text/common.ts';

export interface RequestResult {
  /** `invalid`: it was not sent. */
  readonly outcome: 'invalid' | 'waiting' | 'ok' | 'refused' | 'unknown';
  readonly message: string;
  /** The term of what was appended. */
  readonly term?: number;
  /** After a conflict: the actual last client entry. */
  readonly actual?: SeenEntry;
}

export function invalid(message: string): RequestResult {
  return { outcome: 'invalid', message };
}

/** It was sent to `node`, and nothing came back yet. */
export function waiting(node: NodeId): RequestResult {
  return { outcome: 'waiting', message: text.waitingFor(common.node(node)) };
}

export function failed(failure: Failure): RequestResult {
  const { message, lastClientEntry } = failure;
  const outcome = isOutcomeKnown(failure) ? 'refused' : 'unknown';
  return { outcome, message, ...(lastClientEntry && { actual: lastClientEntry }) };
}
