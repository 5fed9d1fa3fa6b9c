/** The demo of the first prototype, over the built library: three nodes, one append, one range, asked of any node. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type * as Library from '../main/node/start.ts';
import { builtFile } from './support/built-file.ts';
import { findFreePorts } from './support/ports.ts';

const { start } = (await import(builtFile('library.mjs').href)) as typeof Library;

/** Only a test that would hang gets this far. */
const bounds = { timeout: 60_000 };
const folder = mkdtempSync(join(tmpdir(), 'raft-demo-'));
const nodes: Library.RaftNode[] = [];

beforeAll(async () => {
  const list = (await findFreePorts(3)).map((port, id): readonly [number, string] => [id, `127.0.0.1:${port}`]);
  nodes.push(await start(0, list, join(folder, 'test0')));
  nodes.push(await start(1, list, join(folder, 'test1')));
  nodes.push(await start(2, list, join(folder, 'test2')));
}, bounds.timeout);

afterAll(async () => {
  for (const node of nodes) await node.close();
  rmSync(folder, { recursive: true, force: true });
});

it(
  'append foo through node 0, whoever leads; range 0 to 5 gives exactly one result on every node',
  bounds,
  async () => {
    // entries: vec!["foo".to_string()], prev_log_index: 0, prev_log_term: 0
    const appended = await nodes[0]?.append({ entries: ['foo'], expect: { prevLogIndex: 0, prevLogTerm: 0 } });
    expect(appended).toMatchObject({ kind: 'append', firstIndex: appended?.lastIndex });

    for (const node of nodes) {
      const { entries } = await node.indexRange({ startIndex: 0, endIndex: 5 });
      // "We don't know what the term will be": assert_eq!(result, vec![(result[0].0, "foo".to_string())])
      expect(entries.map(({ term, payload }) => [term, new TextDecoder().decode(payload)])).toEqual([
        [appended?.term, 'foo'],
      ]);
    }
  },
);

it('the same append again finds that foo came first', bounds, async () => {
  const again = nodes[1]?.append({ entries: ['foo'], expect: { prevLogIndex: 0, prevLogTerm: 0 } });
  await expect(again).rejects.toMatchObject({ failure: { code: 'conflict' } });
  const range = await nodes[2]?.indexRange({ startIndex: 0, endIndex: 5 });
  expect(range?.entries).toHaveLength(1);
});
