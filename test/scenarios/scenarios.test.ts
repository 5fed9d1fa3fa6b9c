/**
 * Each scenario file beside this one leaves exactly the trace that it shows. `UPDATE_SCENARIOS=1` writes them anew, to be
 * read as a difference before it is believed.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headOf, regenerate } from '../support/transcript-file.ts';
import { isUpdate } from '../support/transcript-update.ts';

const names = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.txt'));
const read = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');

if (isUpdate(process.env)) {
  for (const name of names) writeFileSync(join(import.meta.dirname, name), regenerate(read(name)));
}

describe('transcripts', () => {
  it.each(names)('%s', (name) => {
    const text = read(name);
    const remedy = 'if the new trace is as it should be: UPDATE_SCENARIOS=1 npx vitest run test/scenarios';
    expect(regenerate(text), remedy).toBe(text);
  });

  it('have a title of their own, and say what to watch and which section it is about', () => {
    const titles = names.map((name) => headOf(read(name)).title);
    expect(new Set(titles).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(32);
  });
});
