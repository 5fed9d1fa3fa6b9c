/**
 * What became of an append or a read, for people and for programs.
 */
import type { AppendAnswer, RangeEntry } from '../../../shared/client-request.ts';
import { oneLine } from '../../../shared/projection/log-line.ts';
import { isOutcomeKnown, type Failure } from '../../../shared/result.ts';

/** `Committed at index 2, term 1.`, as the page says it. */
export function appendedText({ firstIndex, lastIndex, term }: AppendAnswer): string {
  const where = firstIndex === lastIndex ? `index ${firstIndex}` : `indexes ${firstIndex} to ${lastIndex}`;
  return `Committed at ${where}, term ${term}.`;
}

export function appendedJson({ firstIndex, lastIndex, term }: AppendAnswer, latencyMs: number): string {
  const latency = Math.round(latencyMs * 1_000) / 1_000;
  return JSON.stringify({ first_index: firstIndex, last_index: lastIndex, term, latency_ms: latency });
}

/** Whether anything happened stands before why. */
export function failureText(command: string, failure: Failure): string {
  const verdict = isOutcomeKnown(failure) ? 'not done' : 'OUTCOME UNKNOWN';
  return `${command}: ${verdict} (${failure.code}): ${failure.message}`;
}

export function failureJson(failure: Failure): string {
  const { code, message, lastClientEntry, leaderId, firstIndex } = failure;
  return JSON.stringify({
    error: code,
    message,
    outcome_known: isOutcomeKnown(failure),
    ...(lastClientEntry && { last_client_index: lastClientEntry.index, last_client_term: lastClientEntry.term }),
    ...(leaderId !== undefined && { leader_id: leaderId }),
    ...(firstIndex !== undefined && { first_index: firstIndex }),
  });
}

/** Index, term and text, with tabs between them; bytes that are no text as `0x…`. */
export function entryText({ index, term, payload }: RangeEntry): string {
  const text = textOf(payload);
  return `${index}\t${term}\t${text === undefined ? `0x${Buffer.from(payload).toString('hex')}` : oneLine(text)}`;
}

/** Bytes that are no text stand in `base64`. */
export function entryJson({ index, term, payload }: RangeEntry): string {
  const text = textOf(payload);
  const content = text === undefined ? { base64: Buffer.from(payload).toString('base64') } : { text };
  return JSON.stringify({ index, term, ...content });
}

function textOf(payload: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload);
  } catch {
    return undefined;
  }
}
