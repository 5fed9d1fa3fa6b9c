/**
 * A history as Jepsen writes it: an operation a line, in EDN. Appends and reads have the shape of its Kafka workload (`:send`,
 * `:poll`), since a range read is no read of the whole log; faults are operations of the nemesis.
 */
import type { LabEvent } from '../../../shared/event.ts';
import { logTextOf } from '../../../shared/projection/log-line.ts';
import { landmarkOf } from '../../../shared/projection/landmarks.ts';
import { edn, keyword, type Edn } from './edn.ts';
import type { Exporter } from './exporter.ts';
import { isOutcomeKnown, payloadsOf, Processes, type Call, type Return } from './history-lines.ts';

export function jepsenExporter(): Exporter {
  const processes = new Processes();
  const calls = new Map<string, { readonly call: Call; readonly process: number }>();
  let index = 0;

  function line(event: LabEvent, type: string, process: Edn, f: string, rest: Record<string, Edn>): string {
    const operation = { index, time: event.timeNs, type: keyword(type), process, f: keyword(f), ...rest };
    index += 1;
    return `${edn(operation)}\n`;
  }

  function call(event: Call): string {
    const process = processes.begin(event.requestId);
    calls.set(event.requestId, { call: event, process });
    return line(event, 'invoke', process, functionOf(event), { value: askedValue(event), ...detailOf(event) });
  }

  function ret(event: Return): string {
    const asked = calls.get(event.requestId);
    if (!asked) return '';
    calls.delete(event.requestId);
    const isKnown = isOutcomeKnown(asked.call, event);
    processes.end(event.requestId, isKnown);
    const type = event.outcome.kind === 'failed' ? (isKnown ? 'fail' : 'info') : 'ok';
    const answer = answeredValue(asked.call, event);
    return line(event, type, asked.process, functionOf(asked.call), { ...answer, ...detailOf(asked.call) });
  }

  return {
    begin: () => '',
    take({ event, position }) {
      if (event.type === 'request-sent') return call(event);
      if (event.type === 'request-answered') return ret(event);
      const mark = landmarkOf(event, position);
      if (mark?.kind !== 'fault' && mark?.kind !== 'heal') return '';
      return line(event, 'info', keyword('nemesis'), mark.kind, { value: logTextOf(event) });
    },
    // What has no answer yet may still take effect.
    end: () =>
      [...calls.values()]
        .map(({ call: asked, process }) =>
          line(asked, 'info', process, functionOf(asked), { value: askedValue(asked), error: keyword('no-answer') }),
        )
        .join(''),
  };
}

const functionOf = ({ request }: Call): string => (request.kind === 'append' ? 'send' : 'poll');

/** `[[:send :log payload] …]`, `[[:poll]]`. */
function askedValue(call: Call): Edn {
  if (call.request.kind === 'index-range') return [[keyword('poll')]];
  return payloadsOf(call).map((payload) => [keyword('send'), keyword('log'), payload]);
}

/** With `[offset payload]` in the place of the payload; a poll shows `{:log [[offset payload] …]}`. */
function answeredValue(call: Call, { outcome }: Return): Record<string, Edn> {
  if (outcome.kind === 'failed') {
    const { code, message, lastClientEntry: last, firstIndex } = outcome;
    return {
      value: askedValue(call),
      error: [keyword(code), message],
      ...(last && { last: [last.index, last.term] }),
      ...(firstIndex !== undefined && { 'first-index': firstIndex }),
    };
  }
  if (outcome.kind === 'appended') {
    const { firstIndex } = outcome;
    const sends = payloadsOf(call).map((payload, place) => [
      keyword('send'),
      keyword('log'),
      [firstIndex + place, payload],
    ]);
    return { value: sends, term: outcome.term };
  }
  const shown = outcome.entries?.map(({ index, digest }) => [index, digest]) ?? [];
  return {
    value: [[keyword('poll'), { log: shown }]],
    'entry-count': outcome.entryCount,
    'applied-index': outcome.appliedIndex,
    'shows-entries': outcome.entries !== undefined,
    terms: outcome.entries?.map(({ term }) => term) ?? [],
    ...(outcome.continueAt !== undefined && { 'continue-at': outcome.continueAt }),
  };
}

/** What our own requests say beyond that shape. */
function detailOf({ requestId, target, client, request }: Call): Record<string, Edn> {
  const who = { 'request-id': requestId, node: target, ...(client !== undefined && { client }) };
  if (request.kind === 'index-range') {
    const { startIndex, endIndex, read } = request;
    return { ...who, start: startIndex, end: endIndex, read: keyword(read) };
  }
  const { expect, session } = request;
  return {
    ...who,
    ...(expect && { expect: [expect.prevLogIndex, expect.prevLogTerm] }),
    ...(session && { session: [session.sessionId, session.sequence, session.lowestOpen] }),
  };
}
