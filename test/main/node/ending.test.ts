import { expect, it } from 'vitest';
import { AssertionError } from '../../../shared/assert.ts';
import { Ending } from '../../../main/node/ending.ts';
import { StorageError } from '../../../main/ports.ts';

function setUp(closePorts = (): void => {}, answerWhoWaits = (): void => {}) {
  const told: string[] = [];
  const ending = new Ending({
    emit: ({ type }) => told.push(type),
    answerWhoWaits: () => {
      told.push('answer');
      answerWhoWaits();
    },
    closePorts: () => {
      told.push('close');
      closePorts();
    },
    onFailed: (code) => told.push(`failed: ${code}`),
  });
  const breakPromise = (): void => {
    throw new AssertionError('broken');
  };
  return { told, ending, breakPromise };
}

const refuse = (): never => {
  throw new StorageError('io', '/data/wal', 'broken');
};

it('answers, then closes, once', () => {
  const { told, ending } = setUp();
  ending.stop('asked to');
  ending.stop('asked to');
  expect(told).toEqual(['node-stopping', 'answer', 'close']);
  expect(ending.ended).toBe(true);
});

it('gives up at the first thing that throws, and does nothing afterwards', () => {
  const { told, ending, breakPromise } = setUp();
  ending.guard(() => told.push('work'));
  ending.guard(breakPromise);
  ending.guard(() => told.push('more work'));
  ending.stop('asked to');
  expect(told).toEqual(['work', 'assertion-failed', 'answer', 'close', 'failed: assertion']);
});

it('keeps the first reason when the work stumbles over closed ports', () => {
  const { told, ending, breakPromise } = setUp();
  ending.guard(() => {
    ending.guard(breakPromise);
    refuse();
  });
  expect(told.filter((word) => word.startsWith('failed'))).toEqual(['failed: assertion']);
});

it('tells of a disk that refuses its last flush', () => {
  const { told, ending } = setUp(refuse);
  ending.stop('asked to');
  expect(told).toEqual(['node-stopping', 'answer', 'close', 'disk-failed']);
});

it('closes also when an answer can not be given', () => {
  const { told, ending, breakPromise } = setUp(undefined, refuse);
  ending.guard(breakPromise);
  expect(told.slice(-2)).toEqual(['close', 'failed: assertion']);
});
