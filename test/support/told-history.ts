/** A history as a lab tells it in its stream. */
import type { Operation } from '../../main/check/contract.ts';
import type { BenchEvent, EventOf, LabEvent } from '../../shared/event.ts';
import { labSourceId } from '../../shared/ids.ts';
import { paperTimings } from '../../shared/cluster-config.ts';

type Outcome = EventOf<'request-answered'>['outcome'];

/** Asks and answers in the order of time; at the same time all is asked before anything is answered. */
export function toldHistory(operations: readonly Operation[], clusterId?: string): readonly LabEvent[] {
  return actsOf(operations, clusterId).map(({ timeNs, body }, at) => stamped(body, at + 1, timeNs));
}

/** The same, to be stamped by a stream. */
export function toldBodies(operations: readonly Operation[]): readonly BenchEvent[] {
  return actsOf(operations).map(({ body }) => body);
}

interface Act {
  readonly timeNs: number;
  readonly isAnswer: 0 | 1;
  readonly body: BenchEvent;
}

function actsOf(operations: readonly Operation[], clusterId = 'a cluster'): readonly Act[] {
  const acts = operations.flatMap((operation): Act[] => {
    const { invokedNs, completedNs } = operation;
    const ask: Act = { timeNs: invokedNs, isAnswer: 0, body: sent(operation) };
    const answer: Act = { timeNs: completedNs, isAnswer: 1, body: answered(operation) };
    return completedNs === Infinity ? [ask] : [ask, answer];
  });
  const started = { type: 'cluster-started', clusterId, members: [], timings: paperTimings, folder: '' } as const;
  const ordered = acts.toSorted((left, right) => left.timeNs - right.timeNs || left.isAnswer - right.isAnswer);
  return [{ timeNs: 0, isAnswer: 0, body: started }, ...ordered];
}

function stamped(body: BenchEvent, sequence: number, timeNs: number): LabEvent {
  return { node: labSourceId, boot: 1, sequence, timeNs, lamport: sequence, ...body };
}

function sent(operation: Operation): BenchEvent {
  const { requestId, kind } = operation;
  const base = { type: 'request-sent', requestId, target: 0 } as const;
  if (kind === 'set-retention') return { type: 'cluster-stopped', reason: 'in the place of a retention' };
  if (kind === 'read') {
    const { startIndex, endIndex, mode: read } = operation;
    return { ...base, request: { kind: 'index-range', startIndex, endIndex, read } };
  }
  const { digests, expect, session } = operation;
  const conditions = { ...(expect && { expect }), ...(session && { session }) };
  const entries = { entryCount: digests.length, payloadBytes: 1, preview: '', digests };
  return { ...base, request: { kind: 'append', ...entries, ...conditions } };
}

function answered(operation: Operation): BenchEvent {
  const { requestId } = operation;
  if (operation.kind === 'set-retention') return { type: 'cluster-stopped', reason: 'in the place of a retention' };
  return { type: 'request-answered', requestId, target: 0, latencyNs: 1, outcome: outcomeOf(operation) };
}

function outcomeOf({ outcome }: Exclude<Operation, { kind: 'set-retention' }>): Outcome {
  const failed = { kind: 'failed', message: 'x', outcomeKnown: true } as const;
  switch (outcome.kind) {
    case 'ok': {
      if (!('appliedIndex' in outcome)) return { ...outcome, kind: 'appended' };
      const { appliedIndex, entryCount, entries, continueAt } = outcome;
      const more = { ...(entries && { entries }), ...(continueAt !== undefined && { continueAt }) };
      return { kind: 'range', appliedIndex, entryCount, ...more };
    }
    case 'conflict':
      return { ...failed, code: 'conflict', ...(outcome.last && { lastClientEntry: outcome.last }) };
    case 'compacted':
      return {
        ...failed,
        code: 'compacted',
        ...(outcome.firstIndex !== undefined && { firstIndex: outcome.firstIndex }),
      };
    case 'unknown':
      return { ...failed, code: 'timed-out', outcomeKnown: false };
    default:
      return { ...failed, code: 'no-leader' };
  }
}
