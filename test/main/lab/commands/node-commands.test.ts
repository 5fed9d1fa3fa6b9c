/** Crashing, stopping and starting real nodes. */
import { afterEach, describe, expect, it } from 'vitest';
import { failureOf, RealLabs, textsOf, valueOf } from '../../../support/real-lab.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

describe('a node', () => {
  it('survives the crash of its leader and takes it back', async () => {
    const real = await labs.start(3);
    const first = await real.leader();
    valueOf(await real.lab.execute({ type: 'append', node: first, entries: ['one'] }));
    valueOf(await real.lab.execute({ type: 'crash-node', node: first }));
    expect(real.lab.snapshot().view.nodes[first]).toMatchObject({ status: 'crashed' });
    const second = await real.leader(first);
    valueOf(await real.lab.execute({ type: 'append', node: second, entries: ['two'] }));
    expect(failureOf(await real.lab.execute({ type: 'append', node: first, entries: ['x'] })).code).toBe('not-running');
    valueOf(await real.lab.execute({ type: 'start-node', node: first }));
    const range = valueOf(await real.lab.execute({ type: 'index-range', node: first, startIndex: 1, endIndex: 9 }));
    expect(textsOf(range)).toEqual(['one', 'two']);
    expect(real.lab.snapshot().view.nodes[first]).toMatchObject({ status: 'running', boot: 2 });
  });
});
