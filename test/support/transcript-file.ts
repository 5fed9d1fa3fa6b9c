/**
 * A scenario file: commands, `----`, then the trace that they leave, in the manner of etcd's `datadriven` tests.
 */
import { assert, AssertionError, required } from '../../shared/assert.ts';
import { carryOut, TranscriptRun } from './transcript-commands.ts';

const bar = '----';

/** Lines between two blank lines. */
interface Block {
  readonly comments: readonly string[];
  readonly commands: readonly string[];
}

/**
 * Runs the commands of a scenario file.
 * @returns the file as it should be: the same comments and commands, with the trace that they leave now
 * @throws AssertionError when a command makes no sense, when a promise does not hold that is not expected to break, and when
 * one holds that is
 */
export function regenerate(text: string): string {
  const run = new TranscriptRun();
  return `${blocksOf(text)
    .map((block) => [...block.comments, ...traceOf(run, block)].join('\n'))
    .join('\n\n')}\n`;
}

/** The title in the first line, and the explanation below it. @throws AssertionError without them. */
export function headOf(text: string): { title: string; explanation: string } {
  const [title, ...explanation] = required(blocksOf(text)[0], 'a file with something in it').comments;
  assert(title !== undefined && explanation.length >= 2, 'a file begins with a title and two lines on what to watch');
  const words = explanation.map((line) => line.replace(/^# ?/, '')).join(' ');
  assert(/§[\d.]+/.test(words), 'the explanation names the section');
  return { title: title.replace(/^# ?/, ''), explanation: words };
}

function blocksOf(text: string): Block[] {
  const blocks = text.split(/\n\s*\n/).map((block) => block.split('\n').filter((line) => line.trim() !== ''));
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => {
      const end = lines.indexOf(bar);
      const source = end === -1 ? lines : lines.slice(0, end);
      const first = source.findIndex((line) => !line.startsWith('#'));
      return first === -1
        ? { comments: source, commands: [] }
        : { comments: source.slice(0, first), commands: source.slice(first) };
    });
}

function traceOf(run: TranscriptRun, { commands }: Block): string[] {
  if (commands.length === 0) return [];
  const lines: string[] = [];
  const expected = commands.flatMap((line) => (line.startsWith(expectation) ? [line.slice(expectation.length)] : []));
  const broken: string[] = [];
  for (const line of commands) if (!line.startsWith(expectation)) lines.push(...oneCommand(run, line, broken));
  for (const promise of expected) {
    assert(takeOut(broken, promise), `'${promise}' was to break at '${commands[0]}', and holds`);
  }
  assert(broken.length === 0, `at '${commands[0]}': ${broken.join('; ')}`);
  return [...commands, bar, ...(lines.length === 0 ? ['ok'] : lines)];
}

const expectation = 'expect broken ';

/** Removes everything that speaks of this promise. @returns whether there was something. */
function takeOut(broken: string[], promise: string): boolean {
  const others = broken.filter((text) => !text.startsWith(promise));
  return broken.splice(0, broken.length, ...others).length > others.length;
}

/** `quiet` before a command: nobody needs to read what it did, but for a promise that it breaks. */
function oneCommand(run: TranscriptRun, line: string, broken: string[]): string[] {
  const command = line.replace(/^quiet /, '');
  try {
    carryOut(run, command);
  } catch (error) {
    throw error instanceof AssertionError ? new AssertionError(`at '${line}': ${error.message}`) : error;
  }
  if (!run.hasCluster) return [];
  const { cluster } = run;
  broken.push(...cluster.broken.splice(0));
  const lines = cluster.lines.splice(0);
  return command === line ? lines : lines.filter((text) => text.includes('BROKEN: '));
}
