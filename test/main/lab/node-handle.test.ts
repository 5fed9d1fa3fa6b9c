/** The life of a thread as the lab sees it, with small threads that behave in each way that a node's can. */
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { NodeHandle } from '../../../main/lab/node-handle.ts';
import { nodeBounds, type NodeBounds, type NodeEnd } from '../../../main/lab/node-life.ts';
import type { SpawnNode } from '../../../main/lab/spawn-node.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import type { LabEvent } from '../../../shared/event.ts';

const handles: NodeHandle[] = [];

afterEach(async () => {
  await Promise.all(handles.splice(0).map((handle) => handle.crash()));
});

interface Watched {
  readonly handle: NodeHandle;
  readonly events: LabEvent[];
  readonly ends: NodeEnd[];
}

function launch(spawn: SpawnNode, bounds: Partial<NodeBounds> = {}): Watched {
  const events: LabEvent[] = [];
  const ends: NodeEnd[] = [];
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
    spawn,
    onEvents: (batch) => events.push(...batch),
    onEnded: (end) => ends.push(end),
    bounds: { ...nodeBounds, ...bounds },
  });
  handles.push(handle);
  return { handle, events, ends };
}

/** A thread that runs `code` with `tell(message)` and `hear(handler)`. */
function thread(code: string): SpawnNode {
  const head = `
    const { parentPort: port } = require('node:worker_threads');
    const tell = (message) => port.postMessage(message);
    const hear = (handler) => port.on('message', handler);
    const ready = () => tell({ type: 'ready', address: { host: '127.0.0.1', port: 7 } });
  `;
  return (options) => new Worker(head + code, { eval: true, execArgv: [], workerData: options });
}

/** Answers, tells what it was told, and stops when asked. */
const obedient = `
  hear((message) => {
    if (message.type === 'stop') {
      tell({ type: 'events', events: [{ node: 2, type: 'node-stopping', reason: 'last words' }] });
      tell({ type: 'ended', cause: 'stopped', reason: 'It was stopped.', code: 'asked' });
      port.close();
    } else if (message.type === 'request') {
      if (message.request.kind === 'append') {
        const index = message.request.entries.length;
        tell({ type: 'answer', requestId: message.requestId, result: { ok: true, value: { kind: 'append', firstIndex: index, lastIndex: index, term: message.lamport } } });
      }
    } else {
      tell({ type: 'events', events: [{ node: 2, type: 'node-stopping', reason: JSON.stringify(message) }] });
    }
  });
  ready();
`;

const append = { kind: 'append', entries: [new Uint8Array(1)] } as const;
/** Never answered by the obedient one. */
const range = { kind: 'index-range', startIndex: 0, endIndex: 0 } as const;

describe('node handle', () => {
  it('is starting until the node is ready, then running', async () => {
    const { handle } = launch(thread(obedient));
    expect(handle.state).toBe('starting');
    expect(await handle.request('r', append, 1_000, 1)).toMatchObject({ failure: { code: 'not-running' } });
    expect(await handle.launched).toEqual({ ok: true, address: { host: '127.0.0.1', port: 7 } });
    expect(handle.state).toBe('running');
  });

  it('passes requests and settings on with the Lamport number of the act', async () => {
    const { handle, events } = launch(thread(obedient));
    await handle.launched;
    const value = { kind: 'append', firstIndex: 1, lastIndex: 1, term: 17 };
    expect(await handle.request('r1', append, 1_000, 17)).toEqual({ ok: true, value });
    const settings = { type: 'fault-rules', rules: [], lamport: 18 } as const;
    handle.set(settings);
    await expect.poll(() => events).toHaveLength(1);
    expect(events[0]).toMatchObject({ reason: JSON.stringify(settings) });
  });

  it('stops cleanly, and the last events come before the end', async () => {
    const { handle, events, ends } = launch(thread(obedient));
    await handle.launched;
    const end = await handle.stop(1);
    expect(end).toEqual({ cause: 'stopped', reason: 'It was stopped.', code: 'asked' });
    expect(events).toMatchObject([{ reason: 'last words' }]);
    expect(ends).toEqual([end]);
    expect(handle.state).toBe('ended');
    expect(await handle.request('r', append, 1_000, 1)).toMatchObject({ failure: { code: 'not-running' } });
  });

  it('may be stopped before it is ready', async () => {
    const { handle } = launch(thread(obedient));
    expect(await handle.stop(1)).toMatchObject({ cause: 'stopped' });
    expect(await handle.launched).toMatchObject({ ok: false, end: { cause: 'stopped' } });
  });

  it('ends a thread by force that does not stop', async () => {
    const { handle } = launch(thread('hear(() => { for (;;); }); ready();'), { stopMs: 50 });
    await handle.launched;
    const end = await handle.stop(1);
    expect(end.cause).toBe('failed');
    expect(end.reason).toContain('Did not close within 50 ms');
  });

  it('ends a thread that said its last word and hangs on', async () => {
    const { handle } = launch(
      thread(
        "ready(); tell({ type: 'ended', cause: 'failed', reason: 'The disk is gone.', code: 'disk-failed' }); setInterval(() => {}, 1000);",
      ),
      { stopMs: 50 },
    );
    expect(await handle.ended).toEqual({ cause: 'failed', reason: 'The disk is gone.', code: 'disk-failed' });
  });

  it('gives a silent node its deadline and a margin, then the outcome is unknown', async () => {
    const { handle } = launch(thread(obedient), { answerMarginMs: 10 });
    await handle.launched;
    const result = await handle.request('r', range, 20, 1);
    expect(result).toMatchObject({ ok: false, failure: { code: 'timed-out' } });
    expect(handle.state).toBe('running');
  });

  it('leaves the outcome of a request unknown when the node is crashed while at work', async () => {
    const { handle, ends } = launch(thread(obedient));
    await handle.launched;
    const asked = handle.request('r', range, 60_000, 1);
    await handle.crash();
    expect(await asked).toMatchObject({ ok: false, failure: { code: 'timed-out' } });
    expect(ends).toMatchObject([{ cause: 'crashed' }]);
  });

  it('crashes a thread that is busy for ever', async () => {
    const { handle } = launch(thread('ready(); setTimeout(() => { for (;;); }, 0);'));
    await handle.launched;
    expect(await handle.crash()).toMatchObject({ cause: 'crashed' });
    expect(await handle.crash()).toMatchObject({ cause: 'crashed' });
  });

  it('notices a thread that dies of an error', async () => {
    const { handle } = launch(thread("ready(); hear(() => { throw new Error('boom'); });"));
    await handle.launched;
    const asked = handle.request('r', append, 60_000, 1);
    expect(await handle.ended).toEqual({ cause: 'failed', code: 'internal', reason: 'Its thread died: boom' });
    expect(await asked).toMatchObject({ failure: { code: 'timed-out' } });
  });

  it('notices a thread that just leaves', async () => {
    const { handle } = launch(thread('ready(); hear(() => process.exit(7));'));
    await handle.launched;
    handle.set({ type: 'configure', rulesOff: [], lamport: 1 });
    expect(await handle.ended).toEqual({
      cause: 'failed',
      code: 'internal',
      reason: 'Its thread ended by itself (exit code 7).',
    });
  });

  it('says why a launch came to nothing', async () => {
    const { handle } = launch(
      thread("tell({ type: 'ended', cause: 'failed', reason: 'Port 7 is taken.', code: 'port-taken' });"),
    );
    expect(await handle.launched).toEqual({
      ok: false,
      end: { cause: 'failed', reason: 'Port 7 is taken.', code: 'port-taken' },
    });
  });

  it('gives up a thread that is never ready', async () => {
    const { handle } = launch(thread('hear(() => {});'), { startMs: 30 });
    const launched = await handle.launched;
    expect(launched).toMatchObject({ ok: false, end: { cause: 'failed' } });
  });

  it('survives a thread that cannot be made', async () => {
    const { handle, ends } = launch(() => {
      throw new Error('no threads left');
    });
    expect(await handle.launched).toMatchObject({
      ok: false,
      end: { reason: 'Its thread could not be made: no threads left' },
    });
    expect(ends).toHaveLength(1);
  });

  it('ends a thread that says what nobody understands', async () => {
    const { handle } = launch(thread("ready(); hear(() => {}); tell({ type: 'sing' });"));
    expect(await handle.ended).toMatchObject({ cause: 'failed', code: 'internal' });
  });

  it('kills a thread that does not lose its power in time, and one that stands still at once', async () => {
    const { handle, ends } = launch(thread('hear(() => {}); ready();'), { stopMs: 50 });
    await handle.launched;
    expect(await handle.cutPower(1)).toMatchObject({ cause: 'crashed', reason: 'Its power is gone.' });
    expect(ends).toHaveLength(1);
    const paused = launch(thread("hear(() => tell({ type: 'paused' })); ready();"), { stopMs: 60_000 }).handle;
    await paused.launched;
    expect(await paused.pause(1)).toBe(true);
    expect(await paused.cutPower(2)).toMatchObject({ cause: 'crashed' });
    expect(await paused.pause(3)).toBe(false);
  });

  it('lets a thread go on that stands still, to stop it', async () => {
    // It stands still at once: it would never hear a message that lets it go.
    const still = thread(`
      const { workerData: { pause } } = require('node:worker_threads');
      const state = new Int32Array(pause, 0, 1);
      hear((message) => {
        if (message.type === 'pause') {
          tell({ type: 'paused' });
          while (Atomics.load(state, 0) === 1) Atomics.wait(state, 0, 1);
        } else {
          tell({ type: 'ended', cause: 'stopped', reason: 'It was stopped.', code: 'asked' });
          port.close();
        }
      });
      ready();
    `);
    const { handle } = launch(still, { stopMs: 60_000 });
    await handle.launched;
    expect(await handle.pause(1)).toBe(true);
    expect(await handle.stop(2)).toMatchObject({ cause: 'stopped' });
  });
});
