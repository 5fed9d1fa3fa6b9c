/** The shape of the code behind each command. */
import type { AnswerOf } from '../../../../shared/bridge.ts';
import type { CommandOf, CommandType } from '../../../../shared/command.ts';
import type { Result } from '../../../../shared/result.ts';

export type Done<Type extends CommandType> = (result: Result<AnswerOf<Type>>) => void;

/** Calls `done` exactly once, within a turn; at once or later. */
export type CommandHandler<Type extends CommandType> = (command: CommandOf<Type>, done: Done<Type>) => void;

/** One handler per command; each file of this folder makes some of them. */
export type CommandHandlers<Type extends CommandType = CommandType> = {
  readonly [T in Type]: CommandHandler<T>;
};

/** Of a command that is answered at once. */
export function atOnce<Type extends CommandType>(
  carryOut: (command: CommandOf<Type>) => Result<AnswerOf<Type>>,
): CommandHandler<Type> {
  return (command, done) => done(carryOut(command));
}
