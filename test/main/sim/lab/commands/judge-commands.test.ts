import { expect, it } from 'vitest';
import { DrivenLab, startDrivenLab } from '../../../../support/sim-lab.ts';

it('says what the checks say of the cluster, also of one that was stopped', () => {
  const driven = startDrivenLab(3);
  driven.do({ type: 'stop-cluster' });
  expect(driven.do({ type: 'judge' }).verdicts.length).toBeGreaterThan(10);
  expect(new DrivenLab().ask({ type: 'judge' })).toMatchObject({ failure: { code: 'not-running' } });
});
