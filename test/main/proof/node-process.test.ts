import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { nodeListAt, NodeProcess } from '../../../main/proof/node-process.ts';
import { findFreePorts } from '../../support/ports.ts';

it('starts, answers, is closed or killed; what it owes an answer then is told that it may have happened', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'raft-process-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [port = 0] = await findFreePorts(1);
  const start = { id: 0, nodes: nodeListAt(port, 1), folder };
  const node = await NodeProcess.start(start);
  expect(await node.append({ entries: ['one'] })).toMatchObject({ ok: true, value: { kind: 'append' } });
  await node.close();
  const again = await NodeProcess.start(start);
  expect(await again.indexRange({ startIndex: 1, endIndex: 9 })).toMatchObject({ ok: true, value: { entries: [{}] } });
  const open = again.append({ entries: ['two'] });
  await again.kill();
  expect(await open).toMatchObject({ ok: false, failure: { code: 'timed-out' } });
  expect(await again.append({ entries: ['three'] })).toMatchObject({ ok: false });
});

it('says why it does not start', async () => {
  await expect(NodeProcess.start({ id: 5, nodes: nodeListAt(1, 1), folder: tmpdir() })).rejects.toThrow(
    /not in the list/,
  );
});
