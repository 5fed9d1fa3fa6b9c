/** What is told of a server that could not start. */
import { ListenError } from '../net/udp-datagrams.ts';
import { StorageError } from '../ports.ts';
import type { EndCode } from './worker-messages.ts';

const storageCodes = {
  locked: 'folder-locked',
  damaged: 'log-damaged',
  unwritable: 'folder-unusable',
  full: 'disk-failed',
  io: 'disk-failed',
} as const;

/** @returns a code to act on and a sentence for a person; the stack of an error of our own code */
export function whyNotStarted(error: unknown): { readonly code: EndCode; readonly reason: string } {
  if (error instanceof ListenError) {
    // Windows reserves ranges of ports: like a taken one, another block may do.
    const anotherMayDo = error.code === 'port-taken' || error.code === 'port-forbidden';
    return { code: anotherMayDo ? 'port-taken' : 'address-unusable', reason: error.message };
  }
  if (error instanceof StorageError) return { code: storageCodes[error.code], reason: error.message };
  return { code: 'internal', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
