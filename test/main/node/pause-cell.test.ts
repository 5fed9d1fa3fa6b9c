import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { PauseCell } from '../../../main/node/pause-cell.ts';

it('lets a thread go on that nobody holds', () => {
  const cell = new PauseCell();
  expect([cell.isHeld, cell.standStill()]).toEqual([false, 0]);
  cell.hold();
  cell.release(7);
  expect([cell.isHeld, cell.standStill()]).toEqual([false, 7]);
});

it('blocks the calling thread until another one lets it go, without a message', () => {
  const cell = new PauseCell();
  cell.hold();
  // The other side of the cell, as bytes: a state, and the number of the release.
  const code = `
    const { buffer } = require('node:worker_threads').workerData;
    const state = new Int32Array(buffer, 0, 1);
    Atomics.notify(state, 0);
    new Float64Array(buffer, 8, 1)[0] = 41;
    Atomics.store(state, 0, 0);
    Atomics.notify(state, 0);
  `;
  const worker = new Worker(code, { eval: true, workerData: { buffer: cell.buffer }, execArgv: [] });
  expect(cell.standStill()).toBe(41);
  void worker.terminate();
});
