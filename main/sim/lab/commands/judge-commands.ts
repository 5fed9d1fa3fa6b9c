/** What the checks say. */
import { succeed } from '../../../../shared/result.ts';
import { noCluster } from '../../../lab-words.ts';
import type { LabContext } from '../lab-context.ts';
import { atOnce, type CommandHandlers } from './command-handlers.ts';

export function judgeCommands(context: LabContext): CommandHandlers<'judge'> {
  return {
    judge: atOnce(() => {
      const { judge, stream } = context;
      return judge ? succeed(judge.report(stream.nowNs)) : { ok: false, failure: noCluster };
    }),
  };
}
