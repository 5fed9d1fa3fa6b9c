import { expect, it } from 'vitest';
import { DrivenLab } from '../../../../support/sim-lab.ts';

it('stands in the stream, with the command in a few words and the whole failure', () => {
  const driven = new DrivenLab();
  driven.ask({ type: 'cut-link', link: { from: 0, to: 2 } });
  driven.ask({ type: 'stop-node', node: 3 });
  const refusals = driven.eventsOf('command-refused');
  expect(refusals.map(({ command }) => command)).toEqual(['cut-link 0→2', 'stop-node 3']);
  expect(refusals[1]?.failure).toEqual({ code: 'not-running', message: 'No cluster is running. Start one first.' });
});
