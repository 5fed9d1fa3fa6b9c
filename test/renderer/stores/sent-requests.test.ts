import { expect, it } from 'vitest';
import { sentBytesMax, SentRequests } from '../../../renderer/stores/sent-requests.ts';
import type { PanelRequest } from '../../../renderer/stores/request-record.ts';
import type { EventOf } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';

const appendOf = (byte: number, length = 1): PanelRequest => ({
  kind: 'append',
  entries: [new Uint8Array(length).fill(byte)],
});

function told(requestId: string, payloadBytes = 1, target = 0): EventOf<'request-sent'> {
  const request = { kind: 'append', entryCount: 1, payloadBytes, preview: '' } as const;
  return {
    type: 'request-sent',
    node: labSourceId,
    boot: 1,
    sequence: 1,
    timeNs: 0,
    lamport: 1,
    requestId,
    target,
    request,
  };
}

it('knows what was sent by the name that the stream gives it, in order', () => {
  const sent = new SentRequests();
  sent.add(0, appendOf(1));
  sent.add(0, appendOf(2));
  sent.name(told('elsewhere', 1, 1));
  sent.name(told('a'));
  sent.name(told('b'));
  sent.name(told('another page'));
  expect(['elsewhere', 'a', 'b', 'another page'].map((requestId) => sent.find(requestId))).toEqual([
    undefined,
    appendOf(1),
    appendOf(2),
    undefined,
  ]);
});

it('keeps the latest that fit, named or not', () => {
  const sent = new SentRequests();
  const third = Math.floor(sentBytesMax / 3);
  for (const name of ['a', 'b', 'c', 'd']) {
    sent.add(0, appendOf(1, third));
    sent.name(told(name, third));
  }
  expect(['a', 'b', 'c', 'd'].map((name) => sent.find(name) !== undefined)).toEqual([false, true, true, true]);
  for (let count = 0; count < 4; count += 1) sent.add(0, appendOf(2, third));
  for (const name of ['e', 'f', 'g', 'h']) sent.name(told(name, third));
  expect(['d', 'e', 'f', 'g', 'h'].map((name) => sent.find(name) !== undefined)).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
});

it('counts what is forgotten as gone', () => {
  const sent = new SentRequests();
  const half = sentBytesMax / 2;
  for (const name of ['a', 'b']) {
    sent.add(0, appendOf(1, half));
    sent.name(told(name, half));
  }
  sent.forget('b');
  sent.forget('b');
  sent.add(0, appendOf(1, half));
  sent.name(told('c', half));
  expect(sent.find('a')).toBeDefined();
  sent.forgetAll();
  for (const name of ['d', 'e']) {
    sent.add(0, appendOf(1, half));
    sent.name(told(name, half));
  }
  expect(['a', 'c', 'd', 'e'].map((name) => sent.find(name) !== undefined)).toEqual([false, false, true, true]);
});
