/** The commands that a step means at the moment. */
import type { NodeId } from '../../shared/ids.ts';
import { fillIn } from './fill-in.ts';
import type { CommandTemplate, StepCommand } from './scenario.ts';
import { readServerWord, serverText, type ServerWord } from './server-words.ts';
import { standing } from './standing.ts';
import type { World } from './world.ts';

/** The commands that a template means now, or the word that means nobody. */
export function commandsOf(template: CommandTemplate, world: World): readonly StepCommand[] | string {
  let missing: string | undefined;
  const named: NodeId[] = [];
  const isOfGroups = template.type === 'partition';
  if (isOfGroups) {
    fillIn(template, (given) => {
      const word = readServerWord(given);
      named.push(...((word && word.kind !== 'rest' && world.find(word)) || []));
      return [];
    });
  }
  const rest = world.view.nodes.map(({ id }) => id).filter((id) => !named.includes(id));
  const commands = fillIn(template, (given) => {
    const words = (Array.isArray(given) ? given : [given]).map((one) => readServerWord(one));
    const lost = words.find((word) => !word || world.find(word, rest) === undefined);
    if (lost) missing ??= nobody(lost, world);
    return lost ? undefined : words.flatMap((word) => (word && world.find(word, rest)) ?? []);
  });
  if (!commands) return missing ?? 'a server';
  // Read against the schema when the scenario was read; the lab looks again.
  const known = commands as readonly StepCommand[];
  return template.type === 'clear-fault' ? known.flatMap((command) => everyRule(command, world)) : known;
}

/** A fault that was set for several links at once has a rule for each: `slow 0→1`, `slow 0→2`. */
function everyRule(command: StepCommand, { view }: World): readonly StepCommand[] {
  if (command.type !== 'clear-fault') return [command];
  const { faultRule } = command;
  const rules = view.faults.map((fault) => fault.faultRule).filter((id) => id.replace(/ \d+→\d+$/, '') === faultRule);
  return rules.length === 0 ? [command] : rules.map((id) => ({ ...command, faultRule: id }));
}

/** Whom a word should mean, and what stands instead. */
export function nobody(word: ServerWord, world: World): string {
  return `“${serverText(word)}”: ${standing(world)}`;
}
