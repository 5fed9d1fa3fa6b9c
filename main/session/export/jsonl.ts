/** JSON Lines: an event a line, with its position, as it stands in the stream. */
import type { Exporter } from './exporter.ts';

export function jsonlExporter(): Exporter {
  return {
    begin: () => '',
    take: ({ position, event }) => `${JSON.stringify({ position, ...event })}\n`,
    end: () => '',
  };
}
