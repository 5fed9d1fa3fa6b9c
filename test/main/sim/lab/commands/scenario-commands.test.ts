import { expect, it } from 'vitest';
import { startDrivenLab } from '../../../../support/sim-lab.ts';

it('runs no scenario by itself', () => {
  const driven = startDrivenLab(1);
  const answers = [
    driven.ask({ type: 'run-scenario', text: '' }),
    driven.ask({ type: 'stop-scenario' }),
    driven.ask({ type: 'save-scenario', title: 'a' }),
  ];
  for (const answer of answers) expect(answer).toMatchObject({ failure: { code: 'invalid' } });
});
