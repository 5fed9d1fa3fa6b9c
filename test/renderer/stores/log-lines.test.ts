import { beforeEach, expect, it } from 'vitest';
import type { ListState, ToLog } from '../../../renderer/log-worker/log-messages.ts';
import type { LogRowData } from '../../../renderer/log-worker/log-row-data.ts';
import { LogLines } from '../../../renderer/stores/log-lines.ts';

const posted: ToLog[] = [];
let lines: LogLines;
beforeEach(() => {
  posted.length = 0;
  lines = new LogLines('merged', (message) => posted.push(message));
  lines.update(state({}));
});

function state(more: Partial<ListState>): ListState {
  return { key: 'merged', version: 1, first: -5_000, end: 5_000, isSettled: true, newCount: 0, matchCount: 0, ...more };
}

function row(number: number): LogRowData {
  return {
    number,
    position: number,
    timeNs: 0,
    node: 0,
    subject: 0,
    level: 'info',
    target: 'raft',
    text: '',
    about: {},
  };
}

function answer(): void {
  const asked = posted.findLast((message) => message.type === 'rows');
  if (!asked) throw new Error('Nothing was asked for.');
  lines.take(
    asked.version,
    asked.from,
    Array.from({ length: asked.end - asked.from }, (_, at) => row(asked.from + at)),
  );
}

it('asks for rows around what is wanted, once, and for more before they are needed', () => {
  lines.want(0, 20);
  lines.want(3, 23);
  expect(posted).toHaveLength(1);
  expect(lines.rowAt(5)).toBeUndefined();
  answer();
  expect(lines.rowAt(5)?.number).toBe(5);
  lines.want(10, 30);
  expect(posted).toHaveLength(1);
  lines.want(110, 130);
  expect(posted).toHaveLength(2);
  expect(lines.rowAt(115)?.number).toBe(115);
});

it('asks for nothing outside the list', () => {
  lines.update(state({ first: 0, end: 10 }));
  lines.want(-3, 14);
  expect(posted).toEqual([{ type: 'rows', key: 'merged', version: 1, from: 0, end: 10 }]);
  answer();
  lines.want(-3, 14);
  expect(posted).toHaveLength(1);
});

it('forgets rows that are far away', () => {
  for (let at = -4_900; at < 4_900; at += 100) {
    lines.want(at, at + 20);
    answer();
  }
  expect(lines.rowAt(-4_900)).toBeUndefined();
  expect(lines.rowAt(4_800)?.number).toBe(4_800);
});

it('forgets all with another version, whose answers alone count', () => {
  lines.want(0, 20);
  answer();
  lines.update(state({ version: 2 }));
  expect(lines.rowAt(5)).toBeUndefined();
  lines.take(1, 0, [row(0)]);
  expect(lines.rowAt(0)).toBeUndefined();
  lines.update(state({ version: 2, tail: { from: 4_999, rows: [row(4_999)] } }));
  expect(lines.rowAt(4_999)?.number).toBe(4_999);
});

it('says once how many rows at the end it follows', () => {
  lines.follow(30);
  lines.follow(30);
  lines.follow(0);
  expect(posted.map((message) => message.type === 'follow' && message.count)).toEqual([30, 0]);
});
