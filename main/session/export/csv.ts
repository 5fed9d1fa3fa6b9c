/** CSV of all events: what every event has in columns, what is its own in words and as JSON. */
import type { LabEvent } from '../../../shared/event.ts';
import { logLevelOf, logTargetOf, logTextOf, sourceLabel } from '../../../shared/projection/log-line.ts';
import { csvRecord } from './csv-field.ts';
import type { Exporter } from './exporter.ts';

const columns = [
  'position',
  'timeNs',
  'lamport',
  'source',
  'boot',
  'sequence',
  'type',
  'level',
  'target',
  'text',
  'fields',
];

export function csvExporter(): Exporter {
  return {
    begin: () => csvRecord(columns),
    take: ({ position, event }) =>
      csvRecord([
        position,
        event.timeNs,
        event.lamport,
        sourceLabel(event.node),
        event.boot,
        event.sequence,
        event.type,
        logLevelOf(event),
        logTargetOf(event),
        logTextOf(event),
        JSON.stringify(ownFieldsOf(event)),
      ]),
    end: () => '',
  };
}

/** An event without what stands in columns of its own. */
function ownFieldsOf(event: LabEvent): Record<string, unknown> {
  const {
    node: _node,
    boot: _boot,
    sequence: _sequence,
    timeNs: _timeNs,
    lamport: _lamport,
    type: _type,
    ...own
  } = event;
  return own;
}
