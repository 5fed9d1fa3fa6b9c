import { expect, it } from 'vitest';
import { EventStream } from '../../../main/lab/event-stream.ts';
import { labAsPort } from '../../../main/lab/lab-as-port.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import { RealLabs } from '../../support/real-lab.ts';
import { until } from '../../support/until.ts';

it('carries commands out on the lab, and answers each once, with a failure where it can not be done', async () => {
  const labs = new RealLabs();
  const { lab, stream } = labs.make();
  const answers: Result<unknown>[] = [];
  labAsPort(lab, stream).execute({ type: 'stop-cluster' }, (result) => answers.push(result));
  // Never while it is given.
  expect(answers).toEqual([]);
  await until(() => answers.length > 0, 'an answer');
  await labs.closeAll();
  expect(answers).toMatchObject([{ ok: false, failure: { code: 'not-running' } }]);
});

it('tells and shows the stream, until nobody wants to see it any more', async () => {
  const stream = new EventStream();
  const port = labAsPort({ execute: () => Promise.resolve(succeed(null as never)) }, stream);
  const seen: LabEvent[] = [];
  const end = port.subscribe((events) => seen.push(...events));
  port.tell({ type: 'scenario-started', title: 'T', steps: 1 });
  await stream.settled();
  expect(seen).toMatchObject([{ type: 'scenario-started', title: 'T' }]);
  expect(port.nowNs()).toBeGreaterThanOrEqual(seen[0]?.timeNs ?? Infinity);
  end();
  port.tell({ type: 'scenario-started', title: 'U', steps: 1 });
  await stream.settled();
  expect(seen).toHaveLength(1);
});

it('rings when it is time, but not when that was taken back', async () => {
  const port = labAsPort({ execute: () => Promise.resolve(succeed(null as never)) }, new EventStream());
  const rings: string[] = [];
  const takeBack = port.after(0, () => rings.push('taken back'));
  port.after(1, () => rings.push('in time'));
  takeBack();
  await until(() => rings.length > 0, 'a ring');
  expect(rings).toEqual(['in time']);
});
