/** Pairs each client's request with its answer. An answer says how long it took, so one that is loaded alone has its span, too. */
import type { EventOf } from '../../../shared/event.ts';
import type { DiagramChunk } from './diagram-chunk.ts';
import type { RequestSpan } from './diagram-items.ts';

type Chunks = ReadonlyMap<number, DiagramChunk>;

export function askRequest(
  chunks: Chunks,
  chunk: DiagramChunk,
  position: number,
  event: EventOf<'request-sent'>,
): void {
  const { requestId, target, request, timeNs } = event;
  const span: RequestSpan = {
    requestId,
    target,
    kind: request.kind,
    sentNs: timeNs,
    sentPosition: position,
    answeredNs: Infinity,
    answeredPosition: -1,
    outcome: 'waiting',
    firstIndex: 0,
    lastIndex: -1,
  };
  for (const other of chunks.values()) takeAnswer(other, span);
  chunk.asked.set(requestId, span);
  chunk.requests.add(span);
}

/** The answer was loaded first, and stands there by itself: from now on it is part of its request. */
function takeAnswer(chunk: DiagramChunk, span: RequestSpan): void {
  const alone = chunk.answered.get(span.requestId);
  if (!alone) return;
  const { answeredNs, answeredPosition, outcome, firstIndex, lastIndex } = alone;
  Object.assign(span, { answeredNs, answeredPosition, outcome, firstIndex, lastIndex });
  chunk.requests.items.splice(chunk.requests.items.indexOf(alone), 1);
  chunk.requests.touch();
  chunk.answered.delete(span.requestId);
}

export function answerRequest(
  chunks: Chunks,
  chunk: DiagramChunk,
  position: number,
  event: EventOf<'request-answered'>,
): void {
  const { requestId, timeNs } = event;
  const answer = { answeredNs: timeNs, answeredPosition: position, ...outcomeOf(event.outcome) };
  for (const home of chunks.values()) {
    const span = home.asked.get(requestId);
    if (!span) continue;
    Object.assign(span, answer);
    home.requests.touch();
    return;
  }
  const { target, latencyNs, outcome } = event;
  const kind = outcome.kind === 'range' ? 'index-range' : 'append';
  const alone = { requestId, target, kind, sentNs: timeNs - latencyNs, sentPosition: -1, ...answer } as const;
  const span: RequestSpan = { ...alone };
  chunk.answered.set(requestId, span);
  chunk.requests.add(span);
}

function outcomeOf(
  outcome: EventOf<'request-answered'>['outcome'],
): Pick<RequestSpan, 'outcome' | 'firstIndex' | 'lastIndex'> {
  switch (outcome.kind) {
    case 'appended':
      return { outcome: 'done', firstIndex: outcome.firstIndex, lastIndex: outcome.lastIndex };
    case 'range':
      return { outcome: 'done', firstIndex: 0, lastIndex: -1 };
    default:
      return { outcome: outcome.outcomeKnown ? 'failed' : 'unknown', firstIndex: 0, lastIndex: -1 };
  }
}
