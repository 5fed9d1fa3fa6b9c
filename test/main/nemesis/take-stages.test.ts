import { expect, it } from 'vitest';
import type { Command } from '../../../shared/command.ts';
import type { Stage } from '../../../main/nemesis/episode.ts';
import { takeStages, type TakenStages } from '../../../main/nemesis/take-stages.ts';
import { startDrivenLab, type DrivenLab } from '../../support/sim-lab.ts';

function take(driven: DrivenLab, stages: readonly Stage[], inOrderOnly = false): TakenStages {
  let taken: TakenStages | undefined;
  takeStages(driven.lab, stages, inOrderOnly, (outcome) => {
    taken = outcome;
  });
  driven.until(() => taken !== undefined);
  return taken ?? { failures: [] };
}

const crash = (node: number): Stage => [{ command: { type: 'crash-node', node } }];

it('takes one stage after the other', () => {
  const driven = startDrivenLab(3);
  const start: Stage = [{ command: { type: 'start-node', node: 1 } }];
  expect(take(driven, [crash(1), start])).toEqual({ failures: [] });
  expect(driven.eventsOf('node-ended').map(({ target }) => target)).toEqual([1]);
  expect(driven.lab.view.nodes[1]?.status).toBe('running');
});

it('goes no further after a failure where order matters, and says what failed', () => {
  const driven = startDrivenLab(3);
  expect(take(driven, [crash(7), crash(1)], true).failures).toHaveLength(1);
  expect(driven.eventsOf('node-ended')).toEqual([]);
  expect(take(driven, [crash(7), crash(1)]).failures).toMatchObject([{ step: { command: { node: 7 } } }]);
  expect(driven.eventsOf('node-ended')).toHaveLength(1);
});

it('insists until it is done, and is content with what is so already', () => {
  const driven = startDrivenLab(3);
  for (const node of [0, 1]) driven.do({ type: 'crash-node', node });
  const change: Command = { type: 'change-membership', voters: [0, 1], learners: [] };
  let isOver = false;
  takeStages(driven.lab, [[{ command: change, insists: true }]], false, () => {
    isOver = true;
  });
  driven.runFor(3_000);
  expect(isOver).toBe(false);
  for (const node of [0, 1]) driven.do({ type: 'start-node', node });
  driven.until(() => isOver);
  expect(take(driven, [[{ command: { type: 'start-node', node: 0 }, insists: true }]])).toEqual({ failures: [] });
});
