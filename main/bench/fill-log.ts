/** Makes a log long, as fast as the cluster takes it. */
import type { RaftClient } from '../client/raft-client.ts';

const entriesPerRequest = 250;
const outstanding = 16;
const requestTimeoutMs = 30_000;

/** Appends `count` entries of `payloadBytes`. @throws Error (rejects) when an append fails. */
export async function fillLog(client: RaftClient, count: number, payloadBytes: number): Promise<void> {
  const payload = new Uint8Array(payloadBytes).fill(0x78);
  let left = count;
  const appendOn = async (): Promise<void> => {
    while (left > 0) {
      const entries = Array.from({ length: Math.min(left, entriesPerRequest) }, () => payload);
      left -= entries.length;
      const answer = await client.append({ entries, timeoutMs: requestTimeoutMs });
      if (!answer.ok) throw new Error(answer.failure.message);
    }
  };
  await Promise.all(Array.from({ length: outstanding }, appendOn));
}
