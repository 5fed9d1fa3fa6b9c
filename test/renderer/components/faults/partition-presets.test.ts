import { describe, expect, it } from 'vitest';
import { presetIds, presetPlan, type PresetId } from '../../../../renderer/components/faults/partition-presets.ts';
import { linkGroups } from '../../../../shared/projection/link-groups.ts';

const five = [0, 1, 2, 3, 4];
function cutsOf(preset: PresetId, ids: number[], leader?: number): readonly { from: number; to: number }[] {
  const plan = presetPlan(preset, ids, leader);
  return plan?.kind === 'cuts' ? plan.links : [];
}

describe('ready-made partitions', () => {
  it('put the leader alone, or into a minority', () => {
    expect(presetPlan('isolate-leader', five, 3)).toEqual({ kind: 'groups', groups: [[3], [0, 1, 2, 4]] });
    expect(presetPlan('leader-minority', five, 3)).toEqual({
      kind: 'groups',
      groups: [
        [0, 3],
        [1, 2, 4],
      ],
    });
    expect(presetPlan('halves', five, undefined)).toEqual({
      kind: 'groups',
      groups: [
        [0, 1, 2],
        [3, 4],
      ],
    });
  });

  it('need a leader, or enough servers', () => {
    expect(presetPlan('isolate-leader', five, undefined)).toBeUndefined();
    expect(presetPlan('leader-minority', [0, 1, 2], 0)).toBeUndefined();
    for (const preset of presetIds) expect(presetPlan(preset, [0], 0)).toBeUndefined();
  });

  it('leave one follower that hears both sides', () => {
    const cuts = cutsOf('bridge', five, 0);
    expect(linkGroups(five, cuts)).toHaveLength(1);
    const without = five.filter((id) => !cuts.some(({ from }) => from === id));
    expect(without).toHaveLength(1);
    expect(without).not.toEqual([0]);
    expect(
      linkGroups(
        five.filter((id) => id !== without[0]),
        cuts,
      ),
    ).toHaveLength(2);
  });

  it('make a ring in which each hears two', () => {
    const cuts = cutsOf('ring', five);
    for (const id of five) expect(cuts.filter(({ to }) => to === id)).toHaveLength(2);
    expect(linkGroups(five, cuts)).toHaveLength(1);
    expect(cutsOf('ring', [0, 1, 2])).toEqual([]);
  });
});
