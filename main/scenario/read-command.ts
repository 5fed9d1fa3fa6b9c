/** A step's command, read: its short form expanded, its servers looked at, and the whole held against the command's schema. */
import { commandSchema } from '../../shared/command.ts';
import { expandForm } from './command-forms.ts';
import { fillIn } from './fill-in.ts';
import { findingsOf, type Finding } from './issue-text.ts';
import type { CommandTemplate, StepCommandType } from './scenario.ts';
import { serverIn, type Scope } from './scope.ts';
import { readLinkWords, type ServerWord } from './server-words.ts';

/** Numbers that stand for words until a step is due: above every id of a cluster, so that two words never meet. */
const firstPlaceholder = 10_000;

const pluralKinds: readonly ServerWord['kind'][] = ['all', 'followers', 'voters', 'learners', 'rest'];

/** @returns the template, and what is wrong; paths are those of the argument, or of the command's fields */
export function readCommand(
  type: StepCommandType,
  argument: unknown,
  scope: Scope,
): { readonly template: CommandTemplate; readonly findings: readonly Finding[] } {
  const template = expandForm(type, argument);
  const findings: Finding[] = [];
  const placeholders = new Map<string, number>();
  const placeOf = (word: ServerWord): number => {
    if (word.kind === 'id') return word.id;
    const text = JSON.stringify(word);
    const place = placeholders.get(text) ?? firstPlaceholder + placeholders.size;
    placeholders.set(text, place);
    return place;
  };
  const asksOne = type === 'append' || type === 'index-range';
  const link = linkOf(template);
  if (link !== undefined && !readLinkWords(link)) {
    return { template, findings: [{ path: ['link'], part: 'value', message: noLink }] };
  }
  const commands = fillIn(template, (given, path) => {
    const words: readonly unknown[] = Array.isArray(given) && !asksOne ? given : [given];
    return words.map((one) => {
      const word = serverIn(scope, one);
      if (typeof word !== 'string' && !(asksOne && pluralKinds.includes(word.kind))) return placeOf(word);
      const message = typeof word === 'string' ? word : `${type} asks one server, not ${word.kind}`;
      findings.push({ path, part: 'value', message });
      // Any number will do: what is wrong has been said.
      return 0;
    });
  });
  for (const command of commands ?? []) {
    const checked = commandSchema.safeParse(command);
    if (checked.success) continue;
    findings.push(...findingsOf(checked.error.issues, command, knownKeysOf(type)).map((one) => named(one, argument)));
  }
  return { template, findings };
}

const noLink = 'expected a link: leader -> follower 1, both ways leader <-> 1, or { from: leader, to: [1, 2] }';

function linkOf({ fields }: CommandTemplate): unknown {
  const { link, rule } = fields;
  return link ?? (typeof rule === 'object' && rule !== null && 'link' in rule ? rule.link : undefined);
}

/** What a short form does not spell out is named. */
function named(finding: Finding, argument: unknown): Finding {
  const { path, part, message } = finding;
  const last = path.at(-1);
  const isForm = typeof argument === 'object' && argument !== null && !Array.isArray(argument);
  if (!isForm || part === 'key' || typeof last !== 'string' || last in argument) return finding;
  return { ...finding, message: `${last}: ${message}` };
}

/** Keys of the command and of its short form. */
function knownKeysOf(type: StepCommandType): readonly string[] {
  const schema = commandSchema.options.find((option) => option.shape.type.value === type);
  return schema ? Object.keys(schema.shape).filter((key) => key !== 'type') : [];
}
