/** Which exporter makes which file. */
import { csvExporter } from './csv.ts';
import type { ExportFacts, ExportFormat, Exporter } from './exporter.ts';
import { jepsenExporter } from './jepsen.ts';
import { jsonlExporter } from './jsonl.ts';
import { logTextExporter } from './log-text.ts';
import { pcapngExporter } from './pcapng.ts';
import { porcupineExporter } from './porcupine.ts';
import { requestsExporter } from './requests-csv.ts';
import { shivizExporter } from './shiviz.ts';

interface Format {
  /** Of the file's name, without the dot. */
  readonly extension: string;
  /** What it is for, as a menu says it. */
  readonly title: string;
  readonly make: (facts: ExportFacts) => Exporter;
}

export const exportFormats: Readonly<Record<ExportFormat, Format>> = {
  jsonl: { extension: 'jsonl', title: 'Events, JSON Lines', make: jsonlExporter },
  csv: { extension: 'csv', title: 'Events, CSV', make: csvExporter },
  requests: { extension: 'requests.csv', title: 'Requests, CSV', make: requestsExporter },
  log: { extension: 'log', title: 'Log, plain text', make: logTextExporter },
  pcapng: { extension: 'pcapng', title: 'Datagrams, pcapng for Wireshark', make: pcapngExporter },
  shiviz: { extension: 'shiviz.log', title: 'Vector clocks, ShiViz', make: shivizExporter },
  jepsen: { extension: 'edn', title: 'History, Jepsen (EDN)', make: jepsenExporter },
  porcupine: { extension: 'porcupine.json', title: 'History, Porcupine (JSON)', make: porcupineExporter },
};
