/** JSON Lines, CSV and plain text: what comes out is what the stream held. */
import { describe, expect, it } from 'vitest';
import { csvExporter } from '../../../../main/session/export/csv.ts';
import { csvField } from '../../../../main/session/export/csv-field.ts';
import { jsonlExporter } from '../../../../main/session/export/jsonl.ts';
import { logTextExporter } from '../../../../main/session/export/log-text.ts';
import { requestsExporter } from '../../../../main/session/export/requests-csv.ts';
import { plainLines } from '../../../../shared/projection/log-line.ts';
import { exported, tellStory } from '../../../support/exported-story.ts';

const story = tellStory();

/** RFC 4180, read independently of what writes it. */
function readCsv(text: string): string[][] {
  const records: string[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let record: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(field)) {
    record.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== '\r\n') continue;
    records.push(record);
    record = [];
  }
  return records;
}

describe('JSON Lines', () => {
  it('are the events, each with its position', () => {
    const lines = exported(jsonlExporter(), story).toString().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      story.map(({ position, event }) => ({ position, ...(JSON.parse(JSON.stringify(event)) as object) })),
    );
  });
});

describe('CSV', () => {
  it('has a record for each event, its own fields as JSON', () => {
    const [head = [], ...rows] = readCsv(exported(csvExporter(), story).toString());
    expect(rows).toHaveLength(story.length);
    expect(rows.every((row) => row.length === head.length)).toBe(true);
    const at = (row: string[], column: string): string => row[head.indexOf(column)] ?? '';
    for (const [place, row] of rows.entries()) {
      const event = story[place]?.event;
      expect(at(row, 'type')).toBe(event?.type);
      expect(Number(at(row, 'timeNs'))).toBe(event?.timeNs);
      expect(event).toMatchObject(JSON.parse(at(row, 'fields')) as object);
    }
  });

  it('makes no formula of what clients wrote', () => {
    expect(csvField('=1+1')).toBe("'=1+1");
    expect(csvField('@SUM(A1)\n"x"')).toBe(`"'@SUM(A1)\n""x"""`);
    expect(csvField(-5)).toBe('-5');
    expect(csvField(undefined)).toBe('');
  });

  it('of requests has a record for each, answered or not', () => {
    const cut = story.slice(0, story.findLastIndex(({ event }) => event.type === 'request-sent') + 1);
    const [head = [], ...rows] = readCsv(exported(requestsExporter(), cut).toString());
    const asked = cut.filter(({ event }) => event.type === 'request-sent');
    expect(rows).toHaveLength(asked.length);
    expect(rows.every((row) => row.length === head.length)).toBe(true);
    expect(rows.at(-1)?.[head.indexOf('outcome')]).toBe('no answer');
    const quoted = rows.find((row) => row[head.indexOf('preview')]?.includes('"quoted"'));
    expect(quoted?.[head.indexOf('preview')]?.startsWith("'=1+1")).toBe(true);
    expect(quoted?.[head.indexOf('outcome')]).toBe('ok');
    expect(quoted?.[head.indexOf('entries')]).toBe('2');
  });
});

describe('the log', () => {
  it('is the lines that the page copies', () => {
    expect(exported(logTextExporter(), story).toString()).toBe(plainLines(story.map(({ event }) => event)));
  });
});
