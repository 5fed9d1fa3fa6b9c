/**
 * What a form says after a request: the problem that kept it here, or how it ended.
 */
import { isOutcomeKnown, type Failure } from '../../../shared/result.ts';
import type { SeenEntry } from '../../stores/requests.ts';

export interface RequestResult {
  /** `invalid`: it was not sent. */
  readonly outcome: 'invalid' | 'ok' | 'refused' | 'unknown';
  readonly message: string;
  /** The term of what was appended. */
  readonly term?: number;
  /** After a conflict: the actual last client entry. */
  readonly actual?: SeenEntry;
}

export function invalid(message: string): RequestResult {
  return { outcome: 'invalid', message };
}

export function failed(failure: Failure): RequestResult {
  const { message, lastClientEntry } = failure;
  const outcome = isOutcomeKnown(failure) ? 'refused' : 'unknown';
  return { outcome, message, ...(lastClientEntry && { actual: lastClientEntry }) };
}
