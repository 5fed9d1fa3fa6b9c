import { expect, it } from 'vitest';
import { startDrivenLab } from '../../../../support/sim-lab.ts';

it('stops, crashes and starts a server, and says when it is so already', () => {
  const driven = startDrivenLab(3);
  const notRunning = { ok: false, failure: { code: 'not-running', message: 'Node 1 is not running.' } };
  driven.do({ type: 'stop-node', node: 1 });
  expect(driven.ask({ type: 'stop-node', node: 1 })).toEqual(notRunning);
  expect(driven.ask({ type: 'crash-node', node: 1 })).toEqual(notRunning);
  driven.do({ type: 'start-node', node: 1 });
  expect(driven.ask({ type: 'start-node', node: 1 })).toMatchObject({
    failure: { code: 'invalid', message: 'Node 1 is already running.' },
  });
  driven.do({ type: 'crash-node', node: 1 });
  const lives = driven.events.filter(
    ({ type, node }) => type === 'node-ended' || (node === 1 && ['node-started', 'node-stopping'].includes(type)),
  );
  expect(lives.map(({ type }) => type)).toEqual([
    'node-started',
    'node-stopping',
    'node-ended',
    'node-started',
    'node-ended',
  ]);
  expect(driven.eventsOf('node-ended').map(({ cause }) => cause)).toEqual(['stopped', 'crashed']);
});
