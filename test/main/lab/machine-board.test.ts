/** The board alone, over threads that only take down what they are told. What nodes make of it: commands/machine-commands.test.ts. */
import { afterEach, describe, expect, it } from 'vitest';
import { Worker } from 'node:worker_threads';
import { MachineBoard } from '../../../main/lab/machine-board.ts';
import { NodeHandle } from '../../../main/lab/node-handle.ts';
import type { BenchEvent } from '../../../shared/event.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';

const handles: NodeHandle[] = [];

afterEach(async () => {
  await Promise.all(handles.splice(0).map((handle) => handle.crash()));
});

/** Ready, and deaf to everything but a pause. */
const code = `
  const { parentPort: port } = require('node:worker_threads');
  port.on('message', ({ type }) => type === 'pause' && port.postMessage({ type: 'paused' }));
  port.postMessage({ type: 'ready', address: { host: '127.0.0.1', port: 7 } });
`;

async function boardOf(): Promise<{
  readonly board: MachineBoard;
  readonly handle: NodeHandle;
  readonly news: () => string[];
}> {
  const told: BenchEvent[] = [];
  const handle = new NodeHandle({
    node: {
      id: 2,
      members: [],
      folder: '',
      clusterId: '',
      key: new Uint8Array(32),
      timings: paperTimings,
      seed: 1,
      clockOriginNs: 0n,
      faultRules: [],
    },
    spawn: () => new Worker(code, { eval: true, execArgv: [] }),
    onEvents: () => {},
  });
  handles.push(handle);
  await handle.launched;
  const board = new MachineBoard({ tell: (event) => told.push(event), lamport: () => 5, nodeOf: () => handle });
  const news = (): string[] =>
    told.splice(0).map((event) => (event.type === 'node-fault' ? `${event.fault}: ${event.faultRule}` : event.type));
  return { board, handle, news };
}

const slow = { kind: 'slow', minMs: 1, maxMs: 2 } as const;

describe('MachineBoard', () => {
  it('tells what changes, and keeps it for the next launch', async () => {
    const { board, news } = await boardOf();
    expect(board.launchOptions(2)).toEqual({ disk: { kind: 'sound' }, clockPartsPerMillion: 0 });
    board.setDisk(2, slow);
    board.setDisk(2, slow);
    board.setDisk(2, { kind: 'stuck' });
    board.setClockRate(2, 300);
    board.setClockRate(2, 300);
    expect(news()).toEqual([
      'slow-disk: slow-disk 2',
      'healed: slow-disk 2',
      'stuck-disk: stuck-disk 2',
      'clock-rate: clock 2',
    ]);
    expect(board.launchOptions(2)).toEqual({ disk: { kind: 'stuck' }, clockPartsPerMillion: 300 });
    expect(board.healAll()).toBe(2);
    expect(news()).toEqual(['healed: stuck-disk 2', 'healed: clock 2']);
    expect(board.launchOptions(2)).toEqual({ disk: { kind: 'sound' }, clockPartsPerMillion: 0 });
  });

  it('holds a thread once, and lets it go once', async () => {
    const { board, news } = await boardOf();
    expect(board.resume(2)).toBe(false);
    await board.pause(2);
    await board.pause(2);
    expect(board.healAll()).toBe(1);
    expect(board.resume(2)).toBe(false);
    expect(news()).toEqual(['pause: pause 2', 'resume: pause 2']);
    await board.pause(2);
    board.forgetPause(2);
    expect(board.healAll()).toBe(0);
  });

  it('answers a power cut when the thread is gone, and one that stands still loses it at once', async () => {
    const { board, handle, news } = await boardOf();
    await board.pause(2);
    expect(await board.cutPower(2)).toEqual({ ok: true, value: null });
    expect(handle.state).toBe('ended');
    expect(news()).toEqual(['pause: pause 2', 'power-cut: power 2']);
    expect(await board.cutPower(2)).toMatchObject({ failure: { code: 'not-running' } });
    expect(await board.pause(2)).toMatchObject({ failure: { code: 'not-running' } });
    expect(board.jumpClock(2, 5)).toMatchObject({ failure: { code: 'not-running' } });
    expect(news()).toEqual([]);
  });

  it('jumps a clock that runs, by more than nothing', async () => {
    const { board, news } = await boardOf();
    board.jumpClock(2, 0);
    board.jumpClock(2, -5);
    expect(news()).toEqual(['clock-jump: clock 2']);
    expect(board.healAll()).toBe(0);
  });
});
