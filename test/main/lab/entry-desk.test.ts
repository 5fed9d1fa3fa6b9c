import { expect, it, vi } from 'vitest';
import { EntryDesk } from '../../../main/lab/entry-desk.ts';
import type { NodeState } from '../../../main/lab/node-life.ts';
import type { ToNode } from '../../../main/node/worker-messages.ts';
import { failureOf, RealLabs, valueOf } from '../../support/real-lab.ts';

const held = { term: 1, kind: 'client', payload: new Uint8Array([7]) } as const;

function desk(state: NodeState) {
  const posted: ToNode[] = [];
  return { posted, desk: new EntryDesk({ id: 2, state }, (message) => posted.push(message)) };
}

it('asks the node, and hands each answer to whoever asked for it', async () => {
  const { desk: entries, posted } = desk('running');
  const both = [entries.ask(3), entries.ask(4)];
  expect(posted).toEqual([
    { type: 'held-entry', requestId: 'entry 1', index: 3 },
    { type: 'held-entry', requestId: 'entry 2', index: 4 },
  ]);
  entries.answer({ type: 'held-entry', requestId: 'entry 2', result: { ok: true, value: held } });
  entries.close();
  const failure = { code: 'not-running', message: 'Node 2 is not running. Its log can be looked into while it runs.' };
  expect(await Promise.all(both)).toEqual([
    { ok: false, failure },
    { ok: true, value: held },
  ]);
});

it.each(['starting', 'stopping', 'ended'] as const)('does not ask a node that is %s', async (state) => {
  const { desk: entries, posted } = desk(state);
  expect(await entries.ask(1)).toMatchObject({ failure: { code: 'not-running' } });
  expect(posted).toEqual([]);
});

it('does not wait for ever for a node that stands still', async () => {
  vi.useFakeTimers();
  try {
    const answer = desk('running').desk.ask(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await answer).toMatchObject({
      failure: { code: 'not-running', message: expect.stringContaining('stands') },
    });
  } finally {
    vi.useRealTimers();
  }
});

it('shows what a real node holds, and leaves no trace in the stream', async () => {
  const labs = new RealLabs();
  try {
    const real = await labs.start(1);
    const node = await real.leader();
    valueOf(await real.lab.execute({ type: 'append', node, entries: ['here'] }));
    await real.stream.settled();
    const events = real.events.filter(({ type }) => type !== 'timer-set' && type !== 'entries-persisted').length;
    expect(valueOf(await real.lab.heldEntry(node, 1))).toMatchObject({ term: 1, kind: 'noop' });
    const payload = new TextEncoder().encode('here');
    expect(valueOf(await real.lab.heldEntry(node, 2))).toEqual({ term: 1, kind: 'client', payload });
    expect(failureOf(await real.lab.heldEntry(node, 3))).toMatchObject({ code: 'invalid' });
    expect(failureOf(await real.lab.heldEntry(7, 1))).toMatchObject({ code: 'invalid' });
    await real.stream.settled();
    expect(real.events.filter(({ type }) => type !== 'timer-set' && type !== 'entries-persisted')).toHaveLength(events);
  } finally {
    await labs.closeAll();
  }
});
