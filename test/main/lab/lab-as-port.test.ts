import { afterEach, expect, it } from 'vitest';
import { labAsPort } from '../../../main/lab/lab-as-port.ts';
import type { LabEvent } from '../../../shared/event.ts';
import type { Result } from '../../../shared/result.ts';
import { RealLabs, valueOf } from '../../support/real-lab.ts';
import { until } from '../../support/until.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

it('carries commands out on the lab, and hears and tells its stream', async () => {
  const real = labs.make();
  const port = labAsPort(real.lab, real.stream);
  const heard: LabEvent[] = [];
  const unsubscribe = port.subscribe((events) => heard.push(...events));
  const answers: Result<unknown>[] = [];
  port.execute({ type: 'start-cluster', nodes: 1 }, (result) => answers.push(result));
  await until(() => answers.length > 0, 'the answer');
  expect(answers.map(valueOf)).toEqual([{ basePort: expect.any(Number) }]);
  port.tell({ type: 'scenario-started', title: 'one', steps: 0 });
  await real.stream.settled();
  expect(heard.map(({ type }) => type)).toEqual(expect.arrayContaining(['cluster-started', 'scenario-started']));
  unsubscribe();
  const before = heard.length;
  port.tell({ type: 'scenario-started', title: 'two', steps: 0 });
  await real.stream.settled();
  expect(heard).toHaveLength(before);
});

it('has the clock of the lab, and alarms that can be taken back', async () => {
  const real = labs.make();
  const port = labAsPort(real.lab, real.stream);
  const startNs = port.nowNs();
  const rang: string[] = [];
  port.after(1, () => rang.push('taken back'))();
  port.after(5, () => rang.push('rang'));
  await until(() => rang.length > 0, 'the alarm');
  expect(rang).toEqual(['rang']);
  expect(port.nowNs() - startNs).toBeGreaterThan(4e6);
});
