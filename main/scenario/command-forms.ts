/**
 * Commands as steps give them: short forms become the command's own fields. Words for servers stay (fill-in.ts).
 */
import { limits } from '../../shared/cluster-config.ts';
import type { CommandOf } from '../../shared/command.ts';
import { readDuration, readDurationSpan } from './durations.ts';
import type { CommandTemplate, StepCommandType } from './scenario.ts';

type Fields = Record<string, unknown>;

/** As a record, so that a new command that was forgotten does not compile. */
const everyStepCommand: Readonly<Record<StepCommandType, true>> = {
  'start-node': true,
  'stop-node': true,
  'crash-node': true,
  'cut-link': true,
  'heal-link': true,
  'heal-all': true,
  append: true,
  'index-range': true,
  'change-membership': true,
  'transfer-leadership': true,
  'set-retention': true,
  'set-rules': true,
  partition: true,
  'set-fault': true,
  'clear-fault': true,
  'pause-node': true,
  'resume-node': true,
  'cut-power': true,
  'wipe-node': true,
  'set-disk': true,
  'set-clock-rate': true,
  'jump-clock': true,
  'start-workload': true,
  'stop-workload': true,
};

export const stepCommandTypes = Object.keys(everyStepCommand) as readonly StepCommandType[];

export function isStepCommandType(type: string): type is StepCommandType {
  return Object.hasOwn(everyStepCommand, type);
}

/** The field that a command's argument is, when it is given without the field's name. */
const onlyField: Partial<Record<StepCommandType, string>> = {
  'start-node': 'node',
  'stop-node': 'node',
  'crash-node': 'node',
  'pause-node': 'node',
  'resume-node': 'node',
  'cut-power': 'node',
  'wipe-node': 'node',
  'index-range': 'node',
  append: 'entries',
  'cut-link': 'link',
  'heal-link': 'link',
  partition: 'groups',
  'change-membership': 'voters',
  'transfer-leadership': 'to',
  'set-retention': 'retainEntries',
  'set-rules': 'rulesOff',
  'clear-fault': 'faultRule',
};

/** What stands in a command where nothing is said. */
const defaults: Partial<Record<StepCommandType, Fields>> = {
  append: { node: 'leader' },
  'index-range': { node: 'leader', startIndex: 1, endIndex: limits.rangeEntriesMax },
  'change-membership': { learners: [] },
};

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/** The command's own fields; what does not fit is left as it is, for the schema to name. */
export function expandForm(type: StepCommandType, argument: unknown): CommandTemplate {
  const field = onlyField[type];
  const isLink = isObject(argument) && 'from' in argument && field === 'link';
  const given: Fields =
    isObject(argument) && !isLink ? argument : field === undefined || argument === null ? {} : { [field]: argument };
  const fields = { ...defaults[type], ...(withMilliseconds(given) as Fields) };
  return { type, fields: expanders[type]?.(fields) ?? fields };
}

const expanders: Partial<Record<StepCommandType, (fields: Fields) => Fields>> = {
  append: ({ count, ...fields }) => {
    const entries = Array.isArray(fields['entries']) ? fields['entries'] : [fields['entries']];
    return { ...fields, entries: count === undefined ? entries : repeated(entries, count) };
  },
  'start-workload': (fields) => ('workload' in fields ? fields : { workload: fields }),
  'set-fault': (fields) => {
    if ('rule' in fields) return fields;
    const { id, link, messageKinds, action, ...rest } = fields;
    const rule = { ...(id !== undefined && { id }), link, ...(messageKinds !== undefined && { messageKinds }) };
    return { rule: { ...rule, action: action ?? actionOf(rest) } };
  },
  'set-disk': (fields) => {
    const { node, disk, ...rest } = fields;
    if (typeof disk === 'string') return { node, disk: { kind: disk, ...rest } };
    if (disk !== undefined) return fields;
    const { slow, ...others } = rest;
    const span = readDurationSpan(slow);
    return { node, disk: slow === undefined ? others : { kind: 'slow', ...(span ?? { minMs: slow }), ...others } };
  },
  'set-clock-rate': (fields) => {
    const { percent, ...rest } = fields;
    const rate = 'partsPerMillion' satisfies keyof CommandOf<'set-clock-rate'>;
    return typeof percent === 'number' ? { ...rest, [rate]: Math.round(percent * 10_000) } : fields;
  },
};

/** `lines` as often as it says, numbered: `entry 1`, `entry 2` … */
function repeated(entries: readonly unknown[], count: unknown): unknown {
  const [text] = entries;
  if (typeof count !== 'number' || !(count >= 1 && count <= limits.entriesPerRequestMax)) return [{ count }];
  return Array.from({ length: count }, (_, position) => `${typeof text === 'string' ? text : 'entry'} ${position + 1}`);
}

/** `drop: 30`, `delay: 50 ms to 100 ms`, `cut: true` … */
function actionOf(fields: Fields): Fields {
  const [[kind, value] = ['', undefined], ...others] = Object.entries(fields);
  const rest = Object.fromEntries(others);
  switch (kind) {
    case 'drop':
    case 'duplicate':
    case 'corrupt':
    case 'reorder':
      return { kind, percent: value, ...rest };
    case 'delay':
      return { kind, distribution: 'uniform', ...(readDurationSpan(value) ?? { minMs: value, maxMs: value }), ...rest };
    case 'cut':
      return { kind, ...rest };
    case 'bandwidth':
      return { kind, bytesPerSecond: value, ...rest };
    default:
      return { ...fields, kind };
  }
}

/** Times with a unit under `by`, `min`, `byMs` …: milliseconds under `byMs`, `minMs` … */
function withMilliseconds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMilliseconds);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const ms = readDuration(inner);
      if (ms !== undefined && key.endsWith('Ms')) return [key, ms];
      if (ms !== undefined && ['by', 'min', 'max'].includes(key)) return [`${key}Ms`, ms];
      return [key, key === 'entries' ? inner : withMilliseconds(inner)];
    }),
  );
}
