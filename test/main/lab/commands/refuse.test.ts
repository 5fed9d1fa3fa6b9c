import { afterEach, expect, it } from 'vitest';
import { RealLabs } from '../../../support/real-lab.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

it('stands in the stream, with the command in a few words and the whole failure', async () => {
  const real = labs.make();
  await real.lab.execute({ type: 'cut-link', link: { from: 0, to: 2 } });
  await real.lab.execute({ type: 'stop-node', node: 3 });
  await real.lab.execute({ type: 'index-range', node: 4, startIndex: 2, endIndex: 1 });
  const refusals = real.eventsOf('command-refused');
  expect(refusals.map(({ command }) => command)).toEqual(['cut-link 0→2', 'stop-node 3', 'index-range at node 4']);
  expect(refusals[1]?.failure).toEqual({ code: 'not-running', message: 'No cluster is running. Start one first.' });
});
