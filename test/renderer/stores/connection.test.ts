// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLabClient } from '../../../renderer/lab-client/lab-client.ts';
import { useClusterControlStore } from '../../../renderer/stores/cluster-control.ts';
import { useConnectionStore } from '../../../renderer/stores/connection.ts';
import { useNoticesStore } from '../../../renderer/stores/notices.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { HandTime, settled, TestDoor } from '../../support/page-door.ts';

let door: TestDoor;

beforeEach(async () => {
  setActivePinia(createPinia());
  door = new TestDoor();
  useConnectionStore().attach(createLabClient(door.open, new HandTime()));
  await settled();
  door.last.welcome();
});

/** Answers the latest command. */
function answer(result: Result<unknown>): void {
  door.last.say({ type: 'answer', id: door.last.of('command').at(-1)?.id ?? -1, result });
}

describe('the line to the lab', () => {
  it('is live with the lab’s version', () => {
    expect(useConnectionStore()).toMatchObject({ isLive: true, version: '1.2.3' });
  });

  it('shows why a command was refused', async () => {
    const run = useConnectionStore().run({ type: 'crash-node', node: 1 });
    answer(fail('not-running', 'Node 1 is not running.'));
    expect(await run).toBe(false);
    expect(useNoticesStore().notices).toMatchObject([
      { tone: 'bad', title: 'The node was not crashed', text: 'Node 1 is not running.' },
    ]);
  });

  it('says nothing when it was carried out: the stage shows it', async () => {
    const run = useConnectionStore().run({ type: 'crash-node', node: 1 });
    answer(succeed(null));
    expect(await run).toBe(true);
    expect(useNoticesStore().notices).toEqual([]);
  });
});

describe('starting a cluster', () => {
  it('keeps the reason of a failure until the next try', async () => {
    const control = useClusterControlStore();
    const first = control.startChosen();
    expect(control).toMatchObject({ pending: 'start', wantedNodes: 3 });
    answer(fail('unusable', 'The folder cannot be written.'));
    await first;
    expect(control).toMatchObject({ pending: null, startFailure: { message: 'The folder cannot be written.' } });
    const second = control.startChosen(true);
    expect(control.startFailure).toBeNull();
    expect(door.last.of('command').at(-1)?.command).toMatchObject({ type: 'start-cluster', nodes: 3, fresh: true });
    answer(succeed({ basePort: 1 }));
    await second;
    expect(control.startFailure).toBeNull();
  });

  it('is not asked for twice at once', async () => {
    const control = useClusterControlStore();
    const first = control.startChosen();
    await control.startChosen();
    await control.stop();
    expect(door.last.of('command')).toHaveLength(1);
    answer(succeed({ basePort: 1 }));
    await first;
  });
});
