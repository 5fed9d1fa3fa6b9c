import { expect, it } from 'vitest';
import { expandForm } from '../../../main/scenario/command-forms.ts';
import { commandsOf } from '../../../main/scenario/commands-of.ts';
import { ScenarioStory } from '../../support/scenario-story.ts';

const story = new ScenarioStory(3).elect(1, 1);
const commands = (...[type, argument]: Parameters<typeof expandForm>): unknown =>
  commandsOf(expandForm(type, argument), story.world);

it('puts servers in the place of words', () => {
  expect(commands('crash-node', 'leader')).toEqual([{ type: 'crash-node', node: 1 }]);
  expect(commands('pause-node', 'followers')).toEqual([0, 2].map((node) => ({ type: 'pause-node', node })));
});

it('says which word means nobody', () => {
  expect(commands('crash-node', 'candidate')).toMatch(/^“candidate”: node 1 leads in term 1; node 0: follower/);
  expect(commands('partition', [['follower 9'], 'rest'])).toMatch(/^“follower 9”: /);
});

it('leaves the rest of a partition to whoever was not named', () => {
  expect(commands('partition', [['leader'], 'rest'])).toEqual([{ type: 'partition', groups: [[1], [0, 2]] }]);
  expect(commands('partition', [['leader', 'followers'], 'rest'])).toEqual([
    { type: 'partition', groups: [[1, 0, 2]] },
  ]);
});

it('clears a rule for every link that it was set for', () => {
  const faulty = new ScenarioStory(3);
  for (const to of [1, 2]) {
    const fault = { id: `lossy 0→${to}`, link: { from: 0, to }, action: { kind: 'drop', percent: 5 } } as const;
    faulty.lab({ type: 'fault-set', faultRule: fault.id, fault, description: 'loses some' });
  }
  expect(commandsOf(expandForm('clear-fault', 'lossy'), faulty.world)).toEqual(
    [1, 2].map((to) => ({ type: 'clear-fault', faultRule: `lossy 0→${to}` })),
  );
  expect(commandsOf(expandForm('clear-fault', 'other'), faulty.world)).toEqual([
    { type: 'clear-fault', faultRule: 'other' },
  ]);
});
