/** CSV of the clients' requests: a line for each, when it is answered; those without an answer stand at the end. */
import type { EventOf } from '../../../shared/event.ts';
import { csvRecord } from './csv-field.ts';
import type { Exporter } from './exporter.ts';

const columns = [
  'requestId',
  'client',
  'node',
  'kind',
  'sentNs',
  'answeredNs',
  'latencyNs',
  'outcome',
  'known',
  'firstIndex',
  'lastIndex',
  'term',
  'entries',
  'payloadBytes',
  'preview',
  'message',
];

type Sent = EventOf<'request-sent'>;
type Answered = EventOf<'request-answered'>;
type Fields = readonly (string | number | null | undefined)[];

export function requestsExporter(): Exporter {
  const open = new Map<string, Sent>();
  return {
    begin: () => csvRecord(columns),
    take({ event }) {
      if (event.type === 'request-sent') open.set(event.requestId, event);
      if (event.type !== 'request-answered') return '';
      const sent = open.get(event.requestId);
      open.delete(event.requestId);
      return csvRecord(answeredRow(sent, event));
    },
    end: () => [...open.values()].map((sent) => csvRecord(openRow(sent))).join(''),
  };
}

function answeredRow(sent: Sent | undefined, answered: Answered): Fields {
  const { requestId, client, target, timeNs, latencyNs, outcome } = answered;
  const asked = sent?.request;
  const head = [requestId, client, target, kindOf(sent, answered), sent?.timeNs, timeNs, latencyNs];
  const append = asked?.kind === 'append' ? asked : undefined;
  if (outcome.kind === 'appended') {
    const { firstIndex, lastIndex, term } = outcome;
    const count = lastIndex - firstIndex + 1;
    return [...head, 'ok', 'yes', firstIndex, lastIndex, term, count, append?.payloadBytes, append?.preview, ''];
  }
  if (outcome.kind === 'range') {
    const range = asked?.kind === 'index-range' ? asked : undefined;
    return [...head, 'ok', 'yes', range?.startIndex, range?.endIndex, '', outcome.entryCount, '', '', ''];
  }
  const { code, outcomeKnown, message } = outcome;
  const what = [append?.entryCount, append?.payloadBytes, append?.preview];
  return [...head, code, outcomeKnown ? 'yes' : 'no', '', '', '', ...what, message];
}

function openRow(sent: Sent): Fields {
  const { requestId, client, target, timeNs, request } = sent;
  const append = request.kind === 'append' ? request : undefined;
  const what = [append?.entryCount, append?.payloadBytes, append?.preview];
  return [requestId, client, target, request.kind, timeNs, '', '', 'no answer', 'no', '', '', '', ...what, ''];
}

/** Where the sending is not in the export, an answer may still tell. */
function kindOf(sent: Sent | undefined, { outcome }: Answered): string {
  if (sent) return sent.request.kind;
  return outcome.kind === 'appended' ? 'append' : outcome.kind === 'range' ? 'index-range' : '';
}
