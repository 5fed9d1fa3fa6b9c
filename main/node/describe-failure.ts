/**
 * What to say when a running node has to give up.
 */
import { AssertionError } from '../../shared/assert.ts';
import type { HostEvent } from '../../shared/event.ts';
import { StorageError } from '../ports.ts';
import type { EndCode } from './worker-messages.ts';

export interface NodeFailure {
  readonly code: EndCode;
  /** For a person. */
  readonly reason: string;
  /** For the stream, where it has a word for it. */
  readonly event?: HostEvent;
}

export function describeFailure(error: unknown): NodeFailure {
  if (error instanceof StorageError) {
    const { file, message: reason } = error;
    return { code: 'disk-failed', reason, event: { type: 'disk-failed', file, reason } };
  }
  if (error instanceof AssertionError) {
    const reason = error.message;
    return { code: 'assertion', reason, event: { type: 'assertion-failed', reason } };
  }
  return { code: 'internal', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
