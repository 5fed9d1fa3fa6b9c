/** The load of a client outside the servers, over the authenticated wire. */
import { connectClient } from '../client/connect-client.ts';
import type { BenchCluster } from './bench-cluster.ts';
import { Load, type LoadOptions, type LoadResult } from './load.ts';

const requestTimeoutMs = 30_000;

/**
 * One client, one session: its appends of one loop turn travel together, but each is a request of its own, with its own
 * sequence, answer and latency, and becomes one entry.
 */
export async function loadOutside(
  { addresses, clusterId, key }: Pick<BenchCluster, 'addresses' | 'clusterId' | 'key'>,
  options: LoadOptions,
): Promise<LoadResult> {
  const client = await connectClient({ servers: addresses, clusterId, key });
  try {
    return await new Load(options, (payload, done) => {
      client.submit({ kind: 'append', entries: [payload] }, requestTimeoutMs, (result) =>
        done(result.ok ? undefined : result.failure.message),
      );
    }).run();
  } finally {
    await client.close();
  }
}
