import { describe, expect, it } from 'vitest';
import { SimLab } from '../../../../../main/sim/lab/sim-lab.ts';

describe('commands to time itself', () => {
  it('are for whoever drives the simulated lab, which refuses them', () => {
    const lab = new SimLab({ seed: 1 });
    const startNs = lab.nowNs();
    const answers: boolean[] = [];
    lab.execute({ type: 'set-pace', speed: 1 }, ({ ok }) => answers.push(ok));
    lab.execute({ type: 'step-world' }, ({ ok }) => answers.push(ok));
    expect(answers).toEqual([false, false]);
    expect(lab.nowNs()).toBe(startNs);
  });
});
