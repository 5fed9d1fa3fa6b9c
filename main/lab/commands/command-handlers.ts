/** The shape of the code behind each command. */
import type { AnswerOf } from '../../../shared/bridge.ts';
import type { CommandOf, CommandType } from '../../../shared/command.ts';
import type { Result } from '../../../shared/result.ts';

export type CommandHandler<Type extends CommandType> = (
  command: CommandOf<Type>,
) => Result<AnswerOf<Type>> | Promise<Result<AnswerOf<Type>>>;

/** One handler per command; each file of this folder makes some of them. */
export type CommandHandlers<Type extends CommandType = CommandType> = {
  readonly [T in Type]: CommandHandler<T>;
};
