import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFolder } from '../../../main/disk/node-files.ts';
import { openStorage } from '../../../main/disk/open-storage.ts';
import { nodeFolder, openClusterFolder, saveMembers, type ClusterFolder } from '../../../main/lab/cluster-folder.ts';
import { foundCluster } from '../../../main/lab/found-cluster.ts';
import { storageNumberOf } from '../../../shared/ids.ts';
import { valueOf } from '../../support/real-lab.ts';
import { temporaryFolder } from '../disk/disk-fixture.ts';

const opened = (labFolder: string): ClusterFolder => valueOf(openClusterFolder(labFolder, 3, false));

it('gives each first voter the folder that it will have', () => {
  const labFolder = temporaryFolder();
  const founded = valueOf(foundCluster(opened(labFolder), 2));
  expect(founded.founders?.map(({ id }) => id)).toEqual([0, 1]);
  const { recovered } = openStorage(openFolder(nodeFolder(founded.path, 1)));
  expect(recovered).toMatchObject({ boot: 1, lastIndex: 0, repairs: [] });
  expect(founded.founders?.[1]?.storage).toBe(storageNumberOf(recovered.storageId));
  // Whatever is asked for later: a cluster keeps those that it began with.
  expect(valueOf(foundCluster(opened(labFolder), 3)).founders).toEqual(founded.founders);
});

it('finds nothing out about a cluster that ran before anybody wrote its founders down', () => {
  const folder = opened(temporaryFolder());
  const members = [0, 1, 2].map((id) => ({ id, address: { host: '127.0.0.1', port: 9_000 + id } }));
  valueOf(saveMembers(folder, members));
  const again = valueOf(openClusterFolder(join(folder.path, '..'), 3, false));
  expect(valueOf(foundCluster(again, 3)).founders).toBeUndefined();
  expect(readdirSync(folder.path)).not.toContain('node-0');
});

it('says what is in the way', () => {
  const folder = opened(temporaryFolder());
  writeFileSync(nodeFolder(folder.path, 1), 'in the way');
  expect(foundCluster(folder, 3)).toMatchObject({ failure: { code: 'unusable' } });
});
