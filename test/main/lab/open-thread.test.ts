import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { openThread } from '../../../main/lab/open-thread.ts';

/** What is told of a thread, until it is gone. */
function watch(make: () => Worker): Promise<string[]> {
  return new Promise((resolve) => {
    const told: string[] = [];
    openThread(make, {
      onMessage: (message) => told.push(JSON.stringify(message)),
      onUnreadable: (reason) => told.push(reason),
      onDied: (reason) => told.push(reason),
      onGone: (exit) => resolve([...told, exit]),
    });
  });
}

const thread = (code: string) => (): Worker => new Worker(code, { eval: true, execArgv: [] });

it('hands on what a thread says, and its end', async () => {
  const says = thread("require('node:worker_threads').parentPort.postMessage({ type: 'paused' });");
  expect(await watch(says)).toEqual(['{"type":"paused"}', 'exit code 0']);
});

it('says why a thread died', async () => {
  expect(await watch(thread("throw new Error('boom')"))).toEqual(['Its thread died: boom', 'exit code 1']);
});

it('tells of one that could not be made like of any other', async () => {
  const make = (): Worker => {
    throw new Error('none left');
  };
  expect(await watch(make)).toEqual(['Its thread could not be made: none left', 'no thread']);
});
