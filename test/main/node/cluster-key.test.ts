import { expect, it } from 'vitest';
import { keyFromClusterId } from '../../../main/node/cluster-key.ts';
import { clusterKeyBytes } from '../../../main/ports.ts';

it('is the same for the same cluster, and another for another', () => {
  expect(keyFromClusterId('a')).toHaveLength(clusterKeyBytes);
  expect(keyFromClusterId('a')).toEqual(keyFromClusterId('a'));
  expect(keyFromClusterId('a')).not.toEqual(keyFromClusterId('b'));
});
