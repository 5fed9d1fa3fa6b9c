/** The requests of the library that only a leader takes, in the thread of a built server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type * as Library from '../../../main/node/start.ts';
import { builtFile } from '../../support/built-file.ts';
import { findFreePorts } from '../../support/ports.ts';

const library = (await import(builtFile('library.mjs').href)) as typeof Library;
const bounds = { timeout: 60_000 };

let node: Library.RaftNode | undefined;
let folder = '';

async function startAlone(): Promise<Library.RaftNode> {
  folder = mkdtempSync(join(tmpdir(), 'raft-started-'));
  const nodes = (await findFreePorts(1)).map((port) => [0, `127.0.0.1:${port}`] as const);
  node = await library.start(0, nodes, folder, { requestTimeoutMs: 30_000 });
  return node;
}

afterEach(async () => {
  await node?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a started server', bounds, () => {
  it('takes an append of a session once', async () => {
    const alone = await startAlone();
    const sessionId = await alone.openSession();
    const request = { entries: ['foo'], session: { sessionId, sequence: 1, lowestOpen: 1 } };
    const first = await alone.append(request);
    expect(await alone.append(request)).toEqual(first);
    const { entries } = await alone.indexRange({ startIndex: 0, endIndex: 99 });
    expect(entries).toHaveLength(1);
  });

  it('keeps as many entries as it is told', async () => {
    const alone = await startAlone();
    await alone.append({ entries: ['foo', 'bar'] });
    const { index } = await alone.setRetention(2);
    await expect(alone.indexRange({ startIndex: 1, endIndex: 99 })).rejects.toMatchObject({
      failure: { code: 'compacted', firstIndex: index - 1 },
    });
  });

  it('refuses what is no list, as plain JavaScript may give it', async () => {
    const alone = await startAlone();
    const plain: { append(request: unknown): unknown; changeMembership(change: unknown): unknown } = alone;
    await expect(plain.append({})).rejects.toThrow('entries must be a list');
    await expect(plain.append({ entries: 'foo' })).rejects.toThrow(library.RaftError);
    await expect(plain.changeMembership({})).rejects.toThrow('voters must be a list');
  });

  it('refuses a transfer to a stranger, and takes a learner', async () => {
    const alone = await startAlone();
    await alone.append({ entries: ['foo'] });
    await expect(alone.transferLeadership(5)).rejects.toMatchObject({ failure: { code: 'refused' } });
    expect(await alone.changeMembership({ voters: [0], learners: [{ id: 5, storage: 7 }] })).toMatchObject({
      kind: 'change-membership',
    });
  });
});
