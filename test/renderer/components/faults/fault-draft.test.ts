import { describe, expect, it } from 'vitest';
import {
  actionOf,
  fieldsOf,
  freshDraft,
  ruleFor,
  valueOf,
  withValue,
  worsenings,
  type FaultDraft,
} from '../../../../renderer/components/faults/fault-draft.ts';
import { limits } from '../../../../shared/cluster-config.ts';
import { faultActionSchema, faultRuleSchema, messageKinds } from '../../../../shared/fault-rule.ts';

const draftOf = (kind: FaultDraft['kind']): FaultDraft => ({ ...freshDraft, kind });

describe('a fault put together by hand', () => {
  it.each(worsenings)('of kind %s is a sound one as it is offered', (kind) => {
    const result = actionOf(draftOf(kind));
    expect(result.ok && faultActionSchema.safeParse(result.action).success).toBe(true);
    expect(result.ok && result.action.kind).toBe(kind);
  });

  it('keeps what was entered for each kind', () => {
    const loss = withValue(freshDraft, 'percent', '35');
    const back = { ...withValue({ ...loss, kind: 'corrupt' }, 'percent', '5'), kind: 'drop' } as const;
    const [field] = fieldsOf('drop');
    expect(field && valueOf(back, field)).toBe('35');
    expect(actionOf(back)).toEqual({ ok: true, action: { kind: 'drop', percent: 35 } });
  });

  it('takes fractions, and its spread', () => {
    const draft = {
      ...withValue(withValue(draftOf('delay'), 'minMs', '0.5'), 'maxMs', '2'),
      distribution: 'pareto',
    } as const;
    const action = { kind: 'delay', minMs: 0.5, maxMs: 2, distribution: 'pareto' };
    expect(actionOf(draft)).toEqual({ ok: true, action });
  });

  it.each(['', 'ten', '-1', '101', 'NaN', 'Infinity'])('refuses "%s" percent, and names the field', (words) => {
    const result = actionOf(withValue(freshDraft, 'percent', words));
    expect(result).toMatchObject({ ok: false, field: 'percent' });
    expect(!result.ok && result.problem).toContain('100');
  });

  it('refuses a shortest delay above the longest, and half a byte', () => {
    expect(actionOf(withValue(draftOf('delay'), 'minMs', '900'))).toMatchObject({ ok: false, field: 'maxMs' });
    expect(actionOf(withValue(draftOf('bandwidth'), 'bytesPerSecond', '10.5'))).toMatchObject({ ok: false });
  });

  it('has one rule for each link, kind and choice of messages', () => {
    const action = { kind: 'drop', percent: 1 } as const;
    const link = { from: 0, to: 2 };
    expect(ruleFor(link, action)).toEqual({ id: 'drop 0→2', link, action });
    const some = ruleFor(link, action, ['pre-vote']);
    expect(some).toEqual({ id: 'drop 0→2 pre-vote', link, action, messageKinds: ['pre-vote'] });
    const all = ruleFor(link, action, messageKinds);
    expect(all.id.length).toBeLessThanOrEqual(limits.faultRuleIdCharsMax);
    expect(faultRuleSchema.safeParse(all).success).toBe(true);
  });
});
