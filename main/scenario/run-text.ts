/** Runs one variant of a scenario that is given as text: the one that is named, or the first. */
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { LabPort } from '../lab-port.ts';
import { problemText, readScenario } from './read-scenario.ts';
import { runScenario } from './run-scenario.ts';
import type { Scenario, Variant } from './scenario.ts';
import type { ScenarioRun } from './scenario-run.ts';

export interface ScenarioOrder {
  /** YAML. */
  readonly text: string;
  /** By name; the first one by default. */
  readonly variant?: string | undefined;
  /** Goes before the one that is written. */
  readonly seed?: number | undefined;
}

/** A run that is ready to begin. */
export interface PlannedRun {
  readonly title: string;
  readonly variant: Variant;
  readonly seed?: number;
}

/** As it is called where it runs: with the name of the variant, where it has several. */
export function runTitle({ title }: Scenario, variant: string): string {
  return variant === '' ? title : `${title} (${variant})`;
}

/** `invalid` when it can't be read, or has no such variant: then its names are said. */
export function planRun({ text, variant: wanted, seed }: ScenarioOrder): Result<PlannedRun> {
  const reading = readScenario(text);
  if (!reading.ok) return fail('invalid', reading.problems.map(problemText).join('\n'));
  const { scenario } = reading;
  const { variants } = scenario;
  const variant = wanted === undefined ? variants[0] : variants.find(({ name }) => name === wanted);
  if (!variant) return fail('invalid', noSuchVariant(wanted ?? '', variants));
  return succeed({ title: runTitle(scenario, variant.name), variant, ...(seed !== undefined && { seed }) });
}

/** @param onEnd called once, later */
export function beginRun(port: LabPort, { title, variant, seed }: PlannedRun, onEnd: () => void): ScenarioRun {
  return runScenario(port, variant, { title, ...(seed !== undefined && { seed }) }, onEnd);
}

function noSuchVariant(wanted: string, variants: readonly Variant[]): string {
  const names = variants.map(({ name }) => name).filter((name) => name !== '');
  const there = names.length === 0 ? 'it has none' : `it has ${names.map((name) => `"${name}"`).join(', ')}`;
  return `The scenario has no variant "${wanted}"; ${there}.`;
}
