/** Appends without a pause through one client, and what became of each: to be held against the log in the end. */
import type { AppendAnswer } from '../../shared/client-request.ts';
import type { Result } from '../../shared/result.ts';
import type { RaftClient } from '../../main/client/raft-client.ts';

export class ClientLoad {
  readonly results = new Map<string, Result<AppendAnswer>>();
  readonly #client: RaftClient;
  readonly #end = new AbortController();
  readonly #running: readonly Promise<void>[];
  #count = 0;

  /** @param outstanding how many appends wait at any time */
  constructor(client: RaftClient, outstanding: number) {
    this.#client = client;
    this.#running = Array.from({ length: outstanding }, () => this.#append());
  }

  /** Settles when everything is answered. */
  async stop(): Promise<void> {
    this.#end.abort();
    await Promise.all(this.#running);
  }

  async #append(): Promise<void> {
    while (!this.#end.signal.aborted) {
      this.#count += 1;
      const text = `entry ${this.#count}`;
      this.results.set(text, await this.#client.append({ entries: [text] }));
    }
  }
}

/** The texts of all client entries, in order. @throws when the read fails */
export async function readAll(client: RaftClient): Promise<string[]> {
  const texts: string[] = [];
  for (let startIndex = 1; ;) {
    const result = await client.indexRange({ startIndex, endIndex: Number.MAX_SAFE_INTEGER });
    if (!result.ok) throw new Error(result.failure.message);
    texts.push(...result.value.entries.map(({ payload }) => new TextDecoder().decode(payload)));
    if (result.value.continueAt === undefined) return texts;
    startIndex = result.value.continueAt;
  }
}
