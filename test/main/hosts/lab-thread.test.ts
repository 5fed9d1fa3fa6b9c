import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startLabThread, type LabThread } from '../../../main/hosts/lab-thread.ts';
import { required } from '../../../shared/assert.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';

const workerUrl = new URL('../../support/echo-lab.mjs', import.meta.url);

let lab: LabThread;
const onNotice = vi.fn<(text: string) => void>();
const onFailure = vi.fn<(reason: string) => void>();

function start(folder: string): void {
  const options = { folder, nodes: 3, basePort: 1, timings: paperTimings, version: '1' };
  lab = startLabThread({ options, onNotice, onFailure, workerUrl, stopTimeoutMs: 50 });
}

afterEach(async () => {
  await lab.stop();
  vi.resetAllMocks();
});

describe('the lab’s thread', () => {
  it('gets the options, passes notices on and says when it is ready', async () => {
    start('well');
    await lab.ready;
    expect(onNotice.mock.calls).toEqual([['3 nodes']]);
  });

  it('carries frames over each page’s own port', async () => {
    start('well');
    const [one, other] = [lab.connect(), lab.connect()];
    const answers = [one, other].map(
      async (port) => (await once(required(port, 'the lab runs'), 'message'))[0] as unknown,
    );
    one?.postMessage(new Uint8Array([1]), []);
    other?.postMessage(new Uint8Array([2]), []);
    expect(await Promise.all(answers)).toEqual([new Uint8Array([1]), new Uint8Array([2])]);
  });

  it('hears when a page closes its port', async () => {
    start('well');
    lab.connect()?.close();
    await expect.poll(() => onNotice.mock.calls).toContainEqual(['a page has left']);
  });

  it('stops when asked, which is no failure, and connects nobody afterwards', async () => {
    start('well');
    const stopped = lab.stop();
    expect(lab.connect()).toBeUndefined();
    await stopped;
    await lab.stop();
    expect(lab.connect()).toBeUndefined();
    expect(onFailure).not.toHaveBeenCalled();
  });

  it('is ended by force when it does not stop in time', async () => {
    start('deaf');
    await lab.ready;
    await lab.stop();
    expect(onFailure).not.toHaveBeenCalled();
  });

  it('that ends by itself says why, once, and keeps nobody waiting', async () => {
    start('crash');
    await lab.ready;
    await expect.poll(() => onFailure.mock.calls).toEqual([['the disk is on fire']]);
    expect(lab.connect()).toBeUndefined();
  });
});
