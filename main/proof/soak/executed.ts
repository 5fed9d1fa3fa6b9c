/** A command over a `LabPort`, for whoever can wait. */
import type { AnswerOf } from '../../../shared/bridge.ts';
import type { CommandOf, CommandType } from '../../../shared/command.ts';
import type { Result } from '../../../shared/result.ts';
import type { LabPort } from '../../lab-port.ts';

export function executed<Type extends CommandType>(
  port: LabPort,
  command: CommandOf<Type>,
): Promise<Result<AnswerOf<Type>>> {
  return new Promise((resolve) => {
    port.execute(command, resolve);
  });
}
