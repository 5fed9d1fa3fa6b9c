/**
 * `raft-lab append`: entries for a cluster's log, through any of its nodes.
 */
import type { AppendOptions, RaftClient } from '../../client/connect-client.ts';
import { counted } from '../../../shared/projection/log-line-words.ts';
import type { AppendArguments } from './client-arguments.ts';
import { appendedJson, appendedText } from './client-report.ts';
import { lineBatches } from './line-batches.ts';
import { reportFailure, withClient } from './with-client.ts';
import { writeLines } from './write-out.ts';

/**
 * @param input its lines are the entries, where no texts were given
 * @returns the exit code: 0 done, 1 not done or the outcome is not known, 2 there was nothing to append
 * @throws UsageError for a key file that holds no key
 */
export function append(args: AppendArguments, input: AsyncIterable<Uint8Array>): Promise<number> {
  const { texts, expect, json } = args;
  return withClient(args, async (client) => {
    if (texts === undefined) return appendLines(client, input, json);
    return (await appendOne(client, { entries: texts, ...(expect && { expect }) }, json)) ? 0 : 1;
  });
}

/** One append after the other, in the order of the lines. Ends at the first that fails. */
async function appendLines(client: RaftClient, input: AsyncIterable<Uint8Array>, json: boolean): Promise<number> {
  let done = 0;
  for await (const entries of lineBatches(input)) {
    if (!(await appendOne(client, { entries }, json))) {
      console.error(
        `raft-lab: append: ${counted(done, 'line', 'lines')} appended before it; what follows was not tried.`,
      );
      return 1;
    }
    done += entries.length;
  }
  if (done > 0) return 0;
  console.error('raft-lab: append: there was nothing to append. Give texts, or lines on standard input.');
  return 2;
}

async function appendOne(client: RaftClient, options: AppendOptions, json: boolean): Promise<boolean> {
  const startedMs = performance.now();
  const result = await client.append(options);
  if (result.ok) {
    const { value } = result;
    await writeLines([json ? appendedJson(value, performance.now() - startedMs) : appendedText(value)]);
  } else {
    await reportFailure('append', json, result.failure);
  }
  return result.ok;
}
