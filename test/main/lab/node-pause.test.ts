import { expect, it } from 'vitest';
import { NodePause } from '../../../main/lab/node-pause.ts';

function watched(): { readonly pause: NodePause; readonly news: string[] } {
  const news: string[] = [];
  const pause = new NodePause({ onPaused: () => news.push('paused'), onResumed: () => news.push('resumed') });
  return { pause, news };
}

it('holds a thread from when it says that it stands still', async () => {
  const { pause, news } = watched();
  const both = [pause.hold(), pause.hold()];
  expect([pause.isHeld, news]).toEqual([true, []]);
  pause.onSaid();
  expect(await Promise.all(both)).toEqual([true, true]);
  pause.release(7);
  pause.release(8);
  expect([pause.isHeld, news]).toEqual([false, ['paused', 'resumed']]);
  expect(pause.buffer.byteLength).toBeGreaterThan(0);
});

it('knows that one let go before it said so never stood still', async () => {
  const { pause, news } = watched();
  const held = pause.hold();
  pause.release(7);
  pause.onSaid();
  expect([await held, news]).toEqual([false, ['resumed']]);
});

it('waits no longer for a thread that is gone', async () => {
  const { pause } = watched();
  const held = pause.hold();
  pause.forget();
  expect(await held).toBe(false);
});
