/**
 * `npm run explore`: every world of small clusters, and the way to a broken promise for rules that are off. Prints one
 * JSON object a line; a transcript for each counter-example on standard error. `--quick` takes the smaller bounds.
 */
import type { RuleId } from '../../../shared/rules.ts';
import type { Bounds } from './moves.ts';
import { figure8 } from './openings.ts';
import { search, type SearchOptions } from './search.ts';
import { transcribe } from './transcript.ts';

const whole: readonly (Bounds & { readonly quick: boolean })[] = [
  { servers: 2, termMax: 2, proposalsMax: 0, crashesMax: 1, quick: true },
  { servers: 2, termMax: 2, proposalsMax: 1, crashesMax: 1, quick: false },
  { servers: 2, termMax: 3, proposalsMax: 0, crashesMax: 0, quick: false },
  { servers: 3, termMax: 1, proposalsMax: 0, crashesMax: 0, quick: true },
  { servers: 3, termMax: 1, proposalsMax: 0, crashesMax: 1, quick: true },
  { servers: 3, termMax: 1, proposalsMax: 1, crashesMax: 0, quick: false },
  { servers: 3, termMax: 2, proposalsMax: 0, crashesMax: 0, quick: false },
];

/** What has to be found when the rule is off. */
const broken: readonly (SearchOptions & { readonly rule: RuleId })[] = [
  { rule: 'one-vote-per-term', bounds: { servers: 3, termMax: 1, proposalsMax: 0, crashesMax: 0 } },
  { rule: 'up-to-date-vote', bounds: { servers: 3, termMax: 2, proposalsMax: 0, crashesMax: 0 } },
  {
    rule: 'own-term-commit',
    bounds: { servers: 3, termMax: 4, proposalsMax: 0, crashesMax: 0 },
    opening: figure8,
    entriesMax: 1,
  },
];

const isQuick = process.argv.includes('--quick');
let failures = 0;

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function timed(options: SearchOptions): ReturnType<typeof search> & { readonly wall_s: number } {
  const startMs = Date.now();
  const onProgress = (states: number, depth: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${states} states, ${depth} moves deep`);
  };
  return { ...search({ ...options, onProgress }), wall_s: (Date.now() - startMs) / 1_000 };
}

for (const { quick, ...bounds } of whole) {
  if (isQuick && !quick) continue;
  const { states, moves, depth, completed, violation, wall_s } = timed({ bounds });
  if (violation || !completed) failures += 1;
  print({ bounds, states, moves, depth, completed, violations: violation ? 1 : 0, wall_s });
}
for (const { rule, ...options } of broken) {
  const { violation, states, flights, wall_s } = timed({ ...options, rulesOff: [rule] });
  if (!violation) failures += 1;
  print({
    rule,
    found: violation !== undefined,
    promise: violation?.promise,
    moves: violation?.moves.length,
    states,
    wall_s,
  });
  if (!violation) continue;
  const how = {
    servers: options.bounds.servers,
    rulesOff: [rule],
    ...('entriesMax' in options ? { entriesMax: options.entriesMax } : {}),
  };
  process.stderr.write(`\n${rule} is off: ${violation.promise}\n${transcribe(violation.moves, flights, how)}\n\n`);
}
process.exitCode = failures === 0 ? 0 : 1;
