import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultBasePort, paperTimings } from '../../../shared/cluster-config.ts';
import { readInteger, readLabArguments, UsageError } from '../../../main/hosts/lab-arguments.ts';

const environment = { RAFT_LAB_DATA: '/data' };

describe('the lab’s options', () => {
  it('have defaults: three nodes on the prototype’s ports', () => {
    expect(readLabArguments({}, environment, '1.2.3')).toEqual({
      folder: resolve('/data'),
      nodes: 3,
      basePort: defaultBasePort,
      timings: paperTimings,
      version: '1.2.3',
    });
  });

  it('are taken as given', () => {
    const options = readLabArguments({ nodes: '9', 'base-port': '20000', data: '/here' }, environment, '1');
    expect(options).toMatchObject({ folder: resolve('/here'), nodes: 9, basePort: 20_000 });
    const simulated = readLabArguments({ world: 'simulated', seed: '7' }, environment, '1');
    expect(simulated).toMatchObject({ world: 'simulated', seed: 7 });
  });

  it.each([
    [{ nodes: '0' }, '--nodes must be a whole number from 1 to 9, not "0".'],
    [{ nodes: '10' }, '--nodes must be a whole number from 1 to 9, not "10".'],
    [{ nodes: 'three' }, 'not "three"'],
    [{ nodes: '-1' }, 'not "-1"'],
    [{ nodes: '3.5' }, 'not "3.5"'],
    [{ nodes: '' }, 'not ""'],
    [{ nodes: true }, 'not nothing'],
    [{ 'base-port': '65530' }, '--base-port must be a whole number from 1 to 65526'],
    [{ data: '' }, '--data needs a folder.'],
    [{ world: 'other' }, '--world must be real or simulated, not "other".'],
    [{ world: true }, '--world must be real or simulated, not nothing.'],
    [{ seed: 'seven' }, '--seed must be a whole number from 0 to 999999999, not "seven".'],
    [{ data: true }, '--data needs a folder.'],
  ])('%j is refused', (values, message) => {
    expect(() => readLabArguments(values, environment, '1')).toThrow(UsageError);
    expect(() => readLabArguments(values, environment, '1')).toThrow(message);
  });
});

it('a number that is absent is undefined', () => {
  expect(readInteger('--port', undefined, 0, 9)).toBeUndefined();
});
