/** What is expected over the whole run of a scenario. */
import { limits } from '../../shared/cluster-config.ts';
import { promiseIds, type PromiseId } from '../../shared/promises.ts';
import { count } from './comparison.ts';
import { readDuration } from './durations.ts';
import type { Finding } from './issue-text.ts';
import { didYouMean } from './nearest-word.ts';
import { defaultWithinMs, type StepReader } from './read-step.ts';
import type { Expectation } from './scenario.ts';
import { missingName, type Scope } from './scope.ts';

const kinds = ['never', 'eventually', 'held', 'broken', 'promise-void'] as const;
const keys: readonly string[] = [...kinds, 'within', 'from', 'to'];

/** Of every scenario that does not say that promises break. */
const neverViolation: Expectation = {
  kind: 'never',
  condition: { kind: 'violation', text: 'violation', violation: 'any' },
  withinMs: 0,
};

type Given = Readonly<Record<string, unknown>>;

/** @returns the expectations, and what is wrong; paths begin at the scenario */
export function readExpectations(
  list: readonly unknown[],
  reader: StepReader,
  scope: Scope,
): { readonly expectations: readonly Expectation[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const expectations = list.flatMap((given, position): readonly Expectation[] => {
    const say = (path: Finding['path'], message: string, part: Finding['part'] = 'value'): void => {
      findings.push({ path: ['expect', position, ...path], part, message });
    };
    const fields: Given = typeof given === 'object' && given !== null && !Array.isArray(given) ? { ...given } : {};
    for (const key of Object.keys(fields)) {
      if (!keys.includes(key)) say([key], `unknown key "${key}"${didYouMean(key, keys)}`, 'key');
    }
    const [kind, second] = kinds.filter((name) => name in fields);
    if (kind === undefined || second !== undefined) {
      say([], `expected one of ${kinds.join(', ')}`);
      return [];
    }
    if (kind === 'broken' || kind === 'held') return [{ kind, promises: readPromises(fields[kind], kind, say) }];
    if (kind === 'promise-void') {
      const read = count.safeParse(fields[kind]);
      for (const { message } of read.error?.issues ?? []) say([kind], message);
      return read.success ? [{ kind, count: read.data }] : [];
    }
    const { condition, findings: found } = reader.condition(fields[kind]);
    for (const finding of found) say([kind, ...finding.path], finding.message, finding.part);
    if (condition === undefined) return [];
    const withinMs = fields['within'] === undefined ? defaultWithinMs : readDuration(fields['within']);
    if (withinMs === undefined || withinMs > limits.scenarioMsMax)
      say(['within'], 'expected a time with a unit: 500 ms, 3 s');
    const rest = { condition, withinMs: withinMs ?? 0, ...bounds(fields, scope, say) };
    return [kind === 'never' ? { kind, ...rest } : { kind, ...rest }];
  });
  const saysBroken = expectations.some(({ kind }) => kind === 'broken');
  const judgesViolations = expectations.some((one) => one.kind === 'never' && one.condition.kind === 'violation');
  return {
    expectations: saysBroken || judgesViolations ? expectations : [neverViolation, ...expectations],
    findings,
  };
}

type Say = (path: Finding['path'], message: string, part?: Finding['part']) => void;

function readPromises(given: unknown, kind: 'broken' | 'held', say: Say): readonly PromiseId[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (list.length === 0) say([kind], 'expected promises');
  return list.flatMap((one, position) => {
    const promise = promiseIds.find((id) => id === one);
    if (promise !== undefined) return [promise];
    const path = Array.isArray(given) ? [kind, position] : [kind];
    const meant = didYouMean(String(one), promiseIds);
    say(path, `there is no promise "${String(one)}"${meant === '' ? `; there are ${promiseIds.join(', ')}` : meant}`);
    return [];
  });
}

function bounds(fields: Given, scope: Scope, say: Say): { readonly from?: string; readonly to?: string } {
  const read: { from?: string; to?: string } = {};
  for (const key of ['from', 'to'] as const) {
    const name = fields[key];
    if (name === undefined) continue;
    const problem = typeof name === 'string' ? missingName(scope.steps, name, 'step') : 'expected the name of a step';
    if (problem === undefined && typeof name === 'string') read[key] = name;
    else say([key], problem ?? '');
  }
  return read;
}
