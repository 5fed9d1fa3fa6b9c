import { describe, expect, it } from 'vitest';
import { expandForm } from '../../../main/scenario/command-forms.ts';
import { commandsOf } from '../../../main/scenario/commands-of.ts';
import { describeCommand } from '../../../main/scenario/describe-command.ts';
import type { StepCommandType } from '../../../main/scenario/scenario.ts';
import { ScenarioStory } from '../../support/scenario-story.ts';

function told(story: ScenarioStory, type: StepCommandType, argument: unknown): readonly string[] | string {
  const commands = commandsOf(expandForm(type, argument), story.world);
  return typeof commands === 'string' ? commands : commands.map(describeCommand);
}

describe('commandsOf', () => {
  it.each<[StepCommandType, unknown, readonly string[]]>([
    ['crash-node', 'leader', ['crash-node 1']],
    ['crash-node', 'former leader', ['crash-node 0']],
    ['stop-node', ['follower 2', 'old'], ['stop-node 2', 'stop-node 4', 'stop-node 3']],
    ['partition', [['leader', 'follower 1'], 'rest'], ['partition {1,0} {2,3,4}']],
    ['partition', ['old', 'rest'], ['partition {4,3} {0,1,2}']],
    ['partition', ['all', 'rest'], ['partition {0,1,2,3,4}']],
    ['cut-link', 'leader -> old', ['cut-link 1 → 4', 'cut-link 1 → 3']],
    ['clear-fault', 'none of these', ['clear-fault none of these']],
  ])('%s: %j', (type, argument, commands) => {
    const story = new ScenarioStory(5).elect(0, 1, 5);
    story.tell(0, { type: 'role-changed', from: 'leader', to: 'follower', term: 2, reason: 'a test' });
    story.elect(1, 2, 5);
    story.world.names.set('old', [4, 3]);
    expect(told(story, type, argument)).toEqual(commands);
  });

  it('says whom it misses, and what stands instead', () => {
    const story = new ScenarioStory(3);
    expect(told(story, 'crash-node', 'leader')).toMatch(/^“leader”: .*node 0: follower/);
    expect(told(story, 'partition', [[0, 'old'], 'rest'])).toMatch(/^“old”: /);
    expect(told(story, 'transfer-leadership', 'follower 4')).toMatch(/^“follower 4”: /);
  });

  it('clears a fault over every link that it was set for', () => {
    const story = new ScenarioStory(3);
    for (const id of ['slow 0→1', 'slow 0→2', 'slower', 'slow']) {
      const fault = { id, link: { from: 0, to: 1 }, action: { kind: 'cut' } } as const;
      story.lab({ type: 'fault-set', faultRule: id, fault, description: 'a test' });
    }
    expect(told(story, 'clear-fault', 'slow')).toEqual([
      'clear-fault slow 0→1',
      'clear-fault slow 0→2',
      'clear-fault slow',
    ]);
    expect(told(story, 'clear-fault', 'slow 0→2')).toEqual(['clear-fault slow 0→2']);
    story.lab({ type: 'fault-cleared', faultRule: 'slow 0→2' });
    expect(told(story, 'clear-fault', 'slow')).toEqual(['clear-fault slow 0→1', 'clear-fault slow']);
  });
});
