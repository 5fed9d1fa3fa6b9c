/** What was done by hand as a scenario: text that `readScenario` reads back as the same commands at the same times. */
import { stringify } from 'yaml';
import { limits } from '../../shared/cluster-config.ts';
import type { CommandOf } from '../../shared/command.ts';
import type { RememberedCommands, TimedCommand } from './command-memory.ts';
import { durationText } from './durations.ts';
import { payloadText } from './payload-text.ts';
import type { StepCommand } from './scenario.ts';

const listStart = 'steps:\n';
/** Wide enough for nothing to be folded. */
const format = { customTags: ['binary' as const], lineWidth: 0, nullStr: '' };

/** @returns the text, of at most `limits.scenarioCharsMax` characters: earlier commands are left out where it would be longer */
export function writeScenario(title: string, { cluster, commands, forgotten }: RememberedCommands): string {
  const head = stringify({ title, cluster: clusterFields(cluster) }, format);
  const room = limits.scenarioCharsMax - head.length - listStart.length - leftOutText(Number.MAX_SAFE_INTEGER).length;
  const steps = latestThatFit(commands.map(stepText), Math.min(room, limits.scenarioCharsMax));
  const leftOut = forgotten + commands.length - steps.length;
  // A scenario without steps is none: this one waits for a leader.
  const list = steps.length === 0 ? '  - when: leader elected\n' : steps.join('');
  return `${head}${leftOut === 0 ? '' : leftOutText(leftOut)}${listStart}${list}`;
}

function leftOutText(count: number): string {
  return `# ${count} earlier command${count === 1 ? ' is' : 's are'} left out: more is not remembered.\n`;
}

function clusterFields(command: CommandOf<'start-cluster'>): object {
  // In which world it runs is for whoever runs it to say.
  const { type: _type, fresh: _fresh, world: _world, timings, networkDelay: delay, ...fields } = command;
  const texts = Object.entries(timings ?? {}).map(([name, ms]) => [name, durationText(ms)]);
  return {
    ...fields,
    ...(timings && { timings: Object.fromEntries(texts) }),
    ...(delay && { networkDelay: `${durationText(delay.minMs)} to ${durationText(delay.maxMs)}` }),
  };
}

/** With a name, so that whatever becomes of the command, the next one comes at its time. */
function stepText({ atMs, command }: TimedCommand, position: number): string {
  const { type, ...fields } = withReadableEntries(command);
  const argument = Object.keys(fields).length === 0 ? null : fields;
  const step = { at: durationText(Math.max(0, atMs)), [type]: argument, as: `step ${position + 1}` };
  const [first = '', ...rest] = stringify(step, format).trimEnd().split('\n');
  return [`  - ${first}`, ...rest.map((line) => (line === '' ? '' : `    ${line}`)), ''].join('\n');
}

/** Entries as text where they are text. What is not is copied: the library writes all of the memory behind a view. */
function withReadableEntries(command: StepCommand): StepCommand {
  if (command.type !== 'append') return command;
  const entries = command.entries.map((entry) =>
    typeof entry === 'string' ? entry : (payloadText(entry) ?? Uint8Array.from(entry)),
  );
  return { ...command, entries };
}

function latestThatFit(texts: readonly string[], room: number): readonly string[] {
  let length = 0;
  const first = texts.findLastIndex((text) => {
    length += text.length;
    return length > room;
  });
  return texts.slice(first + 1).slice(-limits.scenarioStepsMax);
}
