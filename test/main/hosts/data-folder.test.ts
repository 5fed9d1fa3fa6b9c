import { isAbsolute, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolder } from '../../../main/hosts/data-folder.ts';

describe('the data folder', () => {
  it('is the one that was asked for, made absolute', () => {
    expect(dataFolder('some/where', { RAFT_LAB_DATA: '/other' })).toBe(resolve('some/where'));
  });

  it('is otherwise the one of the environment', () => {
    expect(dataFolder(undefined, { RAFT_LAB_DATA: '/other' })).toBe(resolve('/other'));
  });

  it('is otherwise the system’s place for an application’s data', () => {
    const folder = dataFolder(undefined, { RAFT_LAB_DATA: '' });
    expect(isAbsolute(folder)).toBe(true);
    expect(folder).toMatch(/raft-lab/);
    expect(folder).not.toMatch(/nodejs/);
  });
});
