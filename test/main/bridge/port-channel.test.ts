import { MessageChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { portChannel } from '../../../main/bridge/port-channel.ts';

it('carries frames in order both ways, and what was sent before the goodbye', async () => {
  const { port1, port2 } = new MessageChannel();
  const near = portChannel(port1);
  const far = portChannel(port2);
  const heard: string[] = [];
  far.onFrame((frame) => {
    heard.push(`far ${frame.join()}`);
    if (frame[0] === 2) far.send(new Uint8Array([9]));
  });
  far.onClose(() => heard.push('far closed'));
  near.onClose(() => heard.push('near closed'));
  near.onFrame((frame) => {
    heard.push(`near ${frame.join()}`);
    near.send(new Uint8Array([3]));
    near.close();
  });
  near.send(new Uint8Array([1]));
  near.send(new Uint8Array([2]));
  await expect.poll(() => heard.length).toBe(6);
  expect(heard.slice(0, 3)).toEqual(['far 1', 'far 2', 'near 9']);
  expect(heard.slice(3).toSorted()).toEqual(['far 3', 'far closed', 'near closed']);
  expect(heard.indexOf('far 3')).toBeLessThan(heard.indexOf('far closed'));
});

it('hands in as an empty frame what is none', async () => {
  const { port1, port2 } = new MessageChannel();
  const sizes: number[] = [];
  const channel = portChannel(port2);
  channel.onFrame((frame) => sizes.push(frame.byteLength));
  for (const value of ['text', 5, null, { byteLength: 3 }, new Uint8Array(2)]) port1.postMessage(value);
  await expect.poll(() => sizes).toEqual([0, 0, 0, 0, 2]);
  channel.close();
});
