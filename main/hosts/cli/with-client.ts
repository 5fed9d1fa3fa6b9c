/**
 * A client for as long as one command runs.
 */
import { connectClient, type RaftClient } from '../../client/connect-client.ts';
import { ListenError } from '../../net/udp-datagrams.ts';
import type { Failure } from '../../../shared/result.ts';
import type { ClientArguments } from './client-arguments.ts';
import { failureJson, failureText } from './client-report.ts';
import { readKey } from './read-address.ts';
import { writeLines } from './write-out.ts';

/**
 * @param use returns the exit code
 * @returns 1 when no client can be had here; then that was said
 * @throws UsageError for a key file that holds no key
 */
export async function withClient(args: ClientArguments, use: (client: RaftClient) => Promise<number>): Promise<number> {
  const client = await connect(args);
  if (client === undefined) return 1;
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

async function connect({ servers, keyFile, timeoutMs }: ClientArguments): Promise<RaftClient | undefined> {
  const key = readKey(keyFile);
  try {
    return await connectClient({ servers, timeoutMs, ...key });
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    console.error(`raft-lab: ${error.message}`);
    return undefined;
  }
}

/** Says what became of a request that failed, for programs too. */
export async function reportFailure(command: string, json: boolean, failure: Failure): Promise<void> {
  if (json) await writeLines([failureJson(failure)]);
  console.error(`raft-lab: ${failureText(command, failure)}`);
}
