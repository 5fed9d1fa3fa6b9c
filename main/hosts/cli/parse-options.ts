/**
 * The options of one command, with messages that say which command and what would do.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from '../lab-arguments.ts';

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

/** `text` or `flag` of each option. */
type Values<Options extends OptionsConfig> = {
  readonly [Name in keyof Options]?: Options[Name]['type'] extends 'boolean' ? boolean : string;
};

/** @throws UsageError for what is no option, is given twice, or lacks its value. */
export function parseOptions<const Options extends OptionsConfig>(
  command: string,
  args: readonly string[],
  options: Options,
): Values<Options> {
  return parse(command, args, options, false).values;
}

/** The same for a command that takes words beside its options. What stands behind `--` is no option. */
export function parseOptionsAndWords<const Options extends OptionsConfig>(
  command: string,
  args: readonly string[],
  options: Options,
): { readonly values: Values<Options>; readonly words: readonly string[] } {
  return parse(command, args, options, true);
}

function parse<Options extends OptionsConfig>(
  command: string,
  args: readonly string[],
  options: Options,
  takesWords: boolean,
): { values: Values<Options>; words: readonly string[] } {
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...args],
      options,
      strict: true,
      allowPositionals: takesWords,
      tokens: true,
    });
    const given = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
    const twice = given.find((name, position) => given.indexOf(name) !== position);
    if (twice !== undefined) throw new UsageError(`${command}: --${twice} is given twice. Give it once.`);
    return { values, words: positionals };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${command}: ${describe(error, takesWords)}`);
  }
}

function describe(error: unknown, takesWords: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, name] = /^Option '(--[a-z-]+).*argument is ambiguous/s.exec(message) ?? [];
  if (name !== undefined) return `${name} needs a value, and what follows begins with a dash.`;
  // Node's own advice about `--` is of no use where no words are taken.
  const sentence = `${message.replace(/\.? (To specify|This command).*$/s, '').replace(/\.$/, '')}.`;
  const isUnknown = takesWords && message.startsWith('Unknown option');
  return isUnknown ? `${sentence} Put texts that begin with a dash last, behind --.` : sentence;
}
