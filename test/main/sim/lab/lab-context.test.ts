import { expect, it } from 'vitest';
import { DrivenLab, startDrivenLab } from '../../../support/sim-lab.ts';

it('knows whether there is a cluster, and such a server in it', () => {
  const idle = new DrivenLab();
  const none = { ok: false, failure: { code: 'not-running', message: 'No cluster is running. Start one first.' } };
  expect(idle.ask({ type: 'start-node', node: 0 })).toEqual(none);
  expect(idle.ask({ type: 'heal-all' })).toEqual(none);
  const driven = startDrivenLab(3);
  const message = 'There is no node 3 in this cluster; it has nodes 0, 1 and 2.';
  expect(driven.ask({ type: 'pause-node', node: 3 })).toEqual({ ok: false, failure: { code: 'invalid', message } });
  expect(driven.eventsOf('command-refused').at(-1)).toMatchObject({ command: 'pause-node 3', failure: { message } });
});

it('names requests one after the other', () => {
  const driven = startDrivenLab(1);
  driven.append(0, 'a');
  driven.append(0, 'b');
  expect(driven.eventsOf('request-sent').map(({ requestId }) => requestId)).toEqual(['r1', 'r2']);
});
