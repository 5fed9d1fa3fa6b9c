/** A fault of links as a person puts it together, before it is asked for: fields with words in them, and what they make. */
import { limits } from '../../../shared/cluster-config.ts';
import type { DelayDistribution, FaultAction, FaultRule, Link } from '../../../shared/fault-rule.ts';
import type { MessageKind } from '../../../shared/raft-message.ts';
import { text } from '../../text/faults.ts';

/** What can be done to a link, other than cutting it. */
export type Worsening = Exclude<FaultAction['kind'], 'cut'>;
export const worsenings: readonly Worsening[] = [
  'drop',
  'delay',
  'duplicate',
  'reorder',
  'corrupt',
  'bandwidth',
  'burst',
];
export const distributions: readonly DelayDistribution[] = ['uniform', 'exponential', 'pareto'];

export type FieldName = keyof typeof text.fields;

interface Field {
  readonly name: FieldName;
  readonly min: number;
  readonly max: number;
  readonly initial: number;
}

const share = (initial: number): Field => ({ name: 'percent', min: 0, max: 100, initial });
const milliseconds = (name: FieldName, initial: number): Field => ({
  name,
  min: 0,
  max: limits.faultDelayMsMax,
  initial,
});

const fields: Readonly<Record<Worsening, readonly Field[]>> = {
  drop: [share(20)],
  burst: [
    { name: 'enterPercent', min: 0, max: 100, initial: 3 },
    { name: 'leavePercent', min: 0, max: 100, initial: 20 },
  ],
  delay: [milliseconds('minMs', 50), milliseconds('maxMs', 150)],
  duplicate: [share(20)],
  reorder: [share(20), milliseconds('byMs', 50)],
  corrupt: [share(10)],
  bandwidth: [{ name: 'bytesPerSecond', min: 1, max: 1_000_000_000, initial: 20_000 }],
};

export function fieldsOf(kind: Worsening): readonly Field[] {
  return fields[kind];
}

export interface FaultDraft {
  readonly kind: Worsening;
  /** What stands in the fields; those of other kinds keep what they had. */
  readonly values: Readonly<Record<string, string>>;
  readonly distribution: DelayDistribution;
  /** All when it is empty. */
  readonly messageKinds: readonly MessageKind[];
}

export const freshDraft: FaultDraft = { kind: 'drop', values: {}, distribution: 'uniform', messageKinds: [] };

export function valueOf({ kind, values }: FaultDraft, field: Field): string {
  return values[`${kind} ${field.name}`] ?? `${field.initial}`;
}

export function withValue(draft: FaultDraft, name: FieldName, value: string): FaultDraft {
  return { ...draft, values: { ...draft.values, [`${draft.kind} ${name}`]: value } };
}

export type DraftResult =
  | { readonly ok: true; readonly action: FaultAction }
  | { readonly ok: false; readonly problem: string; readonly field?: FieldName };

/** What the draft says to do, or what is wrong with it, in a sentence. */
export function actionOf(draft: FaultDraft): DraftResult {
  const numbers: Partial<Record<FieldName, number>> = {};
  for (const field of fields[draft.kind]) {
    const words = valueOf(draft, field).trim();
    const value = Number(words);
    const isWhole = draft.kind !== 'bandwidth' || Number.isInteger(value);
    if (words === '' || !isWhole || !(value >= field.min && value <= field.max)) {
      return {
        ok: false,
        field: field.name,
        problem: text.fieldProblem(text.fields[field.name], field.min, field.max),
      };
    }
    numbers[field.name] = value;
  }
  const {
    percent = 0,
    enterPercent = 0,
    leavePercent = 0,
    minMs = 0,
    maxMs = 0,
    byMs = 0,
    bytesPerSecond = 1,
  } = numbers;
  switch (draft.kind) {
    case 'delay':
      return minMs <= maxMs
        ? { ok: true, action: { kind: 'delay', minMs, maxMs, distribution: draft.distribution } }
        : { ok: false, field: 'maxMs', problem: text.minAboveMax };
    case 'burst':
      return { ok: true, action: { kind: 'burst', enterPercent, leavePercent } };
    case 'reorder':
      return { ok: true, action: { kind: 'reorder', percent, byMs } };
    case 'bandwidth':
      return { ok: true, action: { kind: 'bandwidth', bytesPerSecond } };
    default:
      return { ok: true, action: { kind: draft.kind, percent } };
  }
}

/**
 * The rule that does it to one link. One link has one rule by hand for each kind of fault and messages: setting it again
 * changes it.
 * @param name what it is called in events; by default the kind of fault
 */
export function ruleFor(
  link: Link,
  action: FaultAction,
  messageKinds: readonly MessageKind[] = [],
  name: string = action.kind,
): FaultRule {
  const only = messageKinds.length > 0 ? ` ${messageKinds.join('+')}` : '';
  const id = `${name} ${link.from}→${link.to}${only}`.slice(0, limits.faultRuleIdCharsMax);
  return { id, link, action, ...(messageKinds.length > 0 && { messageKinds }) };
}
