/** A real lab as whoever works over a `LabPort` sees it. */
import type { AnswerOf } from '../../shared/bridge.ts';
import type { CommandOf, CommandType } from '../../shared/command.ts';
import type { Result } from '../../shared/result.ts';
import type { LabPort } from '../lab-port.ts';
import type { EventStream } from './event-stream.ts';

/** Who carries commands out: the lab. */
type Executor = {
  execute<Type extends CommandType>(command: CommandOf<Type>): Promise<Result<AnswerOf<Type>>>;
};

/** @param stream the lab's own */
export function labAsPort(lab: Executor, stream: EventStream): LabPort {
  async function answer<Type extends CommandType>(
    command: CommandOf<Type>,
    done: (result: Result<AnswerOf<Type>>) => void,
  ): Promise<void> {
    done(await lab.execute(command));
  }
  return {
    execute: (command, done) => void answer(command, done),
    subscribe: (handler) => stream.subscribe(handler),
    tell: (event) => void stream.emit(event),
    nowNs: () => stream.clock.nowNs(),
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  };
}
