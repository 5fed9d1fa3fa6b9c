/** The log as text, a line an event, as the page and a node without one show it. */
import { plainLine } from '../../../shared/projection/log-line.ts';
import type { Exporter } from './exporter.ts';

export function logTextExporter(): Exporter {
  return { begin: () => '', take: ({ event }) => `${plainLine(event)}\n`, end: () => '' };
}
