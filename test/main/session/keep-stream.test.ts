/** A real lab's stream, kept by the built thread. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepStream, type KeptStream } from '../../../main/session/keep-stream.ts';
import { spawnStoreFrom } from '../../../main/session/store-thread.ts';
import { emptyClusterView, projectClusterView } from '../../../shared/projection/cluster-view.ts';
import { builtFile } from '../../support/built-file.ts';
import { RealLab, valueOf } from '../../support/real-lab.ts';

let real: RealLab;
let kept: KeptStream;

beforeEach(async () => {
  real = new RealLab();
  kept = keepStream(real.lab, {
    folder: join(real.folder, 'sessions'),
    version: '1',
    world: 'real',
    spawn: spawnStoreFrom(builtFile('session-worker.mjs')),
  });
  valueOf(await real.lab.execute({ type: 'start-cluster', nodes: 3 }));
  await real.leader();
});

afterEach(async () => {
  await real.close();
  await kept.close();
});

it('answers what the stream told', async () => {
  valueOf(await real.lab.execute({ type: 'append', node: 0, entries: ['x'] }));
  const { position } = real.lab;
  const told = real.events.slice(0, position);
  const bounds = valueOf(await kept.query({ type: 'bounds' }));
  expect(bounds).toMatchObject({ session: real.lab.snapshot().session, firstPosition: 0 });
  expect(bounds.endPosition).toBeGreaterThanOrEqual(position);
  const listed = valueOf(await kept.query({ type: 'events', from: 0, to: position, limit: 20_000 }));
  expect(listed).toEqual({ positions: told.map((_, i) => i), events: told, next: position });
  const half = Math.floor(position / 2);
  expect(valueOf(await kept.query({ type: 'view-at', at: { position: half } }))).toEqual({
    view: told.slice(0, half).reduce(projectClusterView, emptyClusterView),
    position: half,
    timeNs: told[half - 1]?.timeNs,
  });
});

it('records into a file that is closed with it', async () => {
  valueOf(await kept.query({ type: 'bounds' }));
  const folder = join(real.folder, 'sessions');
  await expect
    .poll(() => readdirSync(folder))
    .toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\dT\d{6}Z-\w{8}\.raftlab$/)]);
});
