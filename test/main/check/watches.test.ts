import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { watches } from '../../../main/check/watches.ts';

it('holds every watch of the folder, each once', () => {
  const files = readdirSync(new URL('../../../main/check/watch/', import.meta.url)).filter((name) =>
    name.endsWith('.ts'),
  );
  expect(new Set(watches).size).toBe(files.length);
});
