/** One step: when it is due, what is done or expected, and how long that may take. */
import type { z } from 'zod';
import { limits } from '../../shared/cluster-config.ts';
import type { FailureCode } from '../../shared/result.ts';
import { isStepCommandType, stepCommandTypes } from './command-forms.ts';
import { conditionSchema, type Condition } from './condition-schema.ts';
import { readDuration } from './durations.ts';
import { findingsOf, type Finding } from './issue-text.ts';
import { didYouMean } from './nearest-word.ts';
import { readCommand } from './read-command.ts';
import type { Step, StepAction, StepTime } from './scenario.ts';
import { serverIn, type Scope } from './scope.ts';
import { nameForm, readServerWord, type ServerWord } from './server-words.ts';

/** How long is waited where a step does not say. */
export const defaultWithinMs = 10_000;

const timeKeys = ['at', 'after', 'when'] as const;
const otherKeys = ['within', 'for', 'as', 'refused'] as const;
const actionKeys = ['expect', 'name', ...stepCommandTypes] as const;
const stepKeys: readonly string[] = [...timeKeys, ...otherKeys, ...actionKeys];

/** As a record, so that a new code that was forgotten does not compile. */
const failureCodes: Readonly<Record<FailureCode, true>> = {
  'no-leader': true,
  'timed-out': true,
  conflict: true,
  'too-large': true,
  overloaded: true,
  invalid: true,
  'not-running': true,
  'leadership-lost': true,
  compacted: true,
  'session-expired': true,
  refused: true,
  unusable: true,
  internal: true,
};

export function isFailureCode(value: unknown): value is FailureCode {
  return typeof value === 'string' && Object.hasOwn(failureCodes, value);
}

/** Reads the steps one after the other, since names that one gives are known to those behind it. */
export class StepReader {
  readonly #scope: Scope;
  readonly #schema: z.ZodType<Condition>;
  #findings: Finding[] = [];

  constructor(scope: Scope) {
    this.#scope = scope;
    this.#schema = conditionSchema(scope);
  }

  /** @returns the step, and what is wrong; paths begin at the step */
  read(value: unknown, line: number): { readonly step: Step; readonly findings: readonly Finding[] } {
    this.#findings = [];
    // `- heal-all` is `- heal-all:` without the colon that is easily forgotten.
    const fields = typeof value === 'string' ? { [value]: null } : value;
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
      this.#say([], `expected a step: a time (${timeKeys.join(', ')}) and what is done`);
      return { step: this.#step({}, line), findings: this.#findings };
    }
    const given: Readonly<Record<string, unknown>> = { ...fields };
    for (const key of Object.keys(given)) {
      if (stepKeys.includes(key)) continue;
      this.#say([key], `unknown key "${key}"${didYouMean(key, stepKeys)}`, 'key');
    }
    const step = this.#step(given, line);
    return { step, findings: this.#findings };
  }

  /** A condition that stands by itself. */
  condition(value: unknown): { readonly condition: Condition | undefined; readonly findings: readonly Finding[] } {
    const read = this.#schema.safeParse(value);
    if (read.success) return { condition: read.data, findings: [] };
    return { condition: undefined, findings: findingsOf(read.error.issues, value) };
  }

  #step(given: Readonly<Record<string, unknown>>, line: number): Step {
    const time = this.#time(given);
    const action = this.#action(given);
    const forMs = this.#duration(given, 'for') ?? 0;
    const withinMs = this.#duration(given, 'within') ?? defaultWithinMs + forMs;
    if (forMs > 0 && time.kind !== 'when' && action.kind !== 'expect') {
      this.#say(['for'], '"for" belongs to a condition: when, or expect', 'key');
    }
    if (withinMs < forMs) this.#say(['within'], `"within" must be at least as long as "for"`);
    const as = this.#as(given['as'], action);
    return { line, time, action, withinMs, forMs, ...(as !== undefined && { as }) };
  }

  #time(given: Readonly<Record<string, unknown>>): StepTime {
    const [key, second] = keysIn(given, timeKeys);
    if (second !== undefined) this.#say([second], `a step has one of ${timeKeys.join(', ')}; here are two`, 'key');
    if (key === undefined) return { kind: 'after', ms: 0 };
    if (key !== 'when') return { kind: key, ms: this.#duration(given, key) ?? 0 };
    const condition = this.#condition(given['when'], 'when');
    return condition ? { kind: 'when', condition } : { kind: 'after', ms: 0 };
  }

  #action(given: Readonly<Record<string, unknown>>): StepAction {
    const [key, second] = keysIn(given, actionKeys);
    if (second !== undefined) this.#say([second], `a step does one thing; "${key}" stands here, too`, 'key');
    const refused = this.#refused(given['refused']);
    if (refused !== undefined && (key === undefined || !isStepCommandType(key))) {
      this.#say(['refused'], '"refused" belongs to a command', 'key');
    }
    if (key === undefined) return { kind: 'nothing' };
    if (key === 'name') return { kind: 'name', names: this.#names(given['name']) };
    if (key === 'expect') {
      const condition = this.#condition(given['expect'], 'expect');
      return condition ? { kind: 'expect', condition } : { kind: 'nothing' };
    }
    const { template, findings } = readCommand(key, given[key], this.#scope);
    this.#take(findings, key);
    return { kind: 'command', template, ...(refused !== undefined && { refused }) };
  }

  #refused(code: unknown): FailureCode | undefined {
    if (code === undefined || isFailureCode(code)) return code;
    const codes = Object.keys(failureCodes);
    this.#say(
      ['refused'],
      `expected how it is refused: one of ${codes.join(', ')}${didYouMean(typeof code === 'string' ? code : '', codes)}`,
    );
    return undefined;
  }

  #names(value: unknown): Record<string, readonly ServerWord[]> {
    const names: Record<string, readonly ServerWord[]> = {};
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.#say(['name'], 'expected names and the servers that they mean: { old: leader }');
      return names;
    }
    for (const [name, given] of Object.entries(value)) {
      if (readServerWord(name)?.kind !== 'named')
        this.#say(['name', name], `"${name}" can't be a name; use a word that means nothing yet`, 'key');
      const list: readonly unknown[] = Array.isArray(given) ? given : [given];
      names[name] = list.slice(0, limits.nodesMax).flatMap((one) => {
        const word = serverIn(this.#scope, one);
        if (typeof word !== 'string') return [word];
        this.#say(['name', name], word);
        return [];
      });
      this.#scope.servers.add(name);
    }
    return names;
  }

  #as(name: unknown, action: StepAction): string | undefined {
    if (name === undefined) return undefined;
    if (typeof name !== 'string' || !nameForm.test(name)) {
      this.#say(['as'], 'expected a name: letters, digits, spaces and dashes, a letter first');
      return undefined;
    }
    if (this.#scope.steps.has(name)) this.#say(['as'], `an earlier step is called "${name}" already`);
    this.#scope.steps.add(name);
    if (action.kind === 'command') this.#scope.requests.add(name);
    return name;
  }

  #duration(given: Readonly<Record<string, unknown>>, key: string): number | undefined {
    if (given[key] === undefined) return undefined;
    const ms = readDuration(given[key]);
    if (ms !== undefined && ms <= limits.scenarioMsMax) return ms;
    const most = limits.scenarioMsMax / 60_000;
    this.#say(
      [key],
      ms === undefined ? 'expected a time with a unit: 500 ms, 3 s, 1 min' : `a scenario takes ${most} min at most`,
    );
    return undefined;
  }

  #condition(value: unknown, key: string): Condition | undefined {
    const { condition, findings } = this.condition(value);
    this.#take(findings, key);
    return condition;
  }

  #take(findings: readonly Finding[], key: string): void {
    for (const { path, part, message } of findings) this.#say([key, ...path], message, part);
  }

  #say(path: Finding['path'], message: string, part: Finding['part'] = 'value'): void {
    this.#findings.push({ path, part, message });
  }
}

/** In the order of the text. */
function keysIn<Key extends string>(given: object, keys: readonly Key[]): readonly Key[] {
  return Object.keys(given).flatMap((name) => keys.filter((key) => key === name));
}
