/** A scenario's text, read and checked: what will be run, or everything that is wrong with it, each with line and column. */
import { z } from 'zod';
import { limits } from '../../shared/cluster-config.ts';
import { findingsOf, type Finding } from './issue-text.ts';
import { readCluster } from './read-cluster.ts';
import { readExpectations } from './read-expectations.ts';
import { StepReader } from './read-step.ts';
import type { Scenario, Variant } from './scenario.ts';
import { newScope } from './scope.ts';
import { readYaml, type Path, type Problem, type YamlSource } from './yaml-source.ts';

export type { Problem } from './yaml-source.ts';

export type ScenarioReading =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const words = z.string('expected a text').max(2_000);
const steps = z.array(z.unknown(), 'expected a list of steps, each behind a dash').max(limits.scenarioStepsMax);
const expectations = z.array(z.unknown(), 'expected a list, each behind a dash').max(100);
const cluster = z.looseObject({}, 'expected what the cluster is like: { nodes: 3 }');

const variantForm = {
  cluster: cluster.optional(),
  steps: steps.optional(),
  expect: expectations.optional(),
};

const scenarioForm = {
  title: words.min(1).max(200),
  teaches: words.optional(),
  watch: words.optional(),
  expected: words.optional(),
  rules: z
    .array(z.union([z.string(), z.number()], 'expected sections like 5.4.2 or D6.4'), 'expected a list of sections')
    .optional(),
  ...variantForm,
  variants: z
    .record(z.string(), z.strictObject(variantForm, 'expected what is different: cluster, steps or expect'))
    .refine((variants) => Object.keys(variants).length > 0, 'expected a name and what is different')
    .refine(
      (variants) => Object.keys(variants).length <= limits.scenarioVariantsMax,
      `up to ${limits.scenarioVariantsMax}`,
    )
    .optional(),
};

type Given = z.output<z.ZodObject<typeof scenarioForm>>;
type VariantGiven = z.output<z.ZodObject<typeof variantForm>>;

export function readScenario(text: string): ScenarioReading {
  const yaml = readYaml(text);
  if (!yaml.ok) return yaml;
  const { source } = yaml;
  const form = z
    .strictObject(scenarioForm, 'expected a scenario: title, steps …')
    .refine(({ steps: all, variants = {} }) => all !== undefined || Object.values(variants).some((one) => one.steps), {
      message: 'expected steps: what is done, one after the other',
    })
    .safeParse(source.value);
  if (!form.success) {
    const findings = findingsOf(form.error.issues, source.value, Object.keys(scenarioForm));
    return { ok: false, problems: distinct(problemsOf(source, findings, place(source))) };
  }
  const problems: Problem[] = [];
  const given = form.data;
  const named = Object.entries(given.variants ?? { '': {} });
  const variants = named.map(([name, changed]) => readVariant(source, given, name, changed, problems));
  if (problems.length > 0) return { ok: false, problems: distinct(problems) };
  const { title, teaches = '', watch = '', expected = '', rules = [] } = given;
  return { ok: true, scenario: { title, teaches, watch, expected, rules: rules.map(String), variants } };
}

/** Where something stands; what a variant does not change is where it stands for all. */
type PlaceOf = (path: Path, part: Finding['part']) => { readonly line: number; readonly column: number };

const place =
  (source: YamlSource): PlaceOf =>
  (path, part) =>
    source.place(path, part);

function problemsOf(source: YamlSource, findings: readonly Finding[], at: PlaceOf): readonly Problem[] {
  return findings.map(({ path, part, message }) => ({ ...at(path, part), message }));
}

function readVariant(
  source: YamlSource,
  given: Given,
  name: string,
  changed: VariantGiven,
  problems: Problem[],
): Variant {
  const at: PlaceOf = ([head, ...rest], part) => {
    const own = head === 'cluster' ? changed.cluster?.[String(rest[0])] : changed[head as keyof VariantGiven];
    const path: Path = own === undefined ? [] : ['variants', name];
    return source.place(head === undefined ? path : [...path, head, ...rest], part);
  };
  const say = (findings: readonly Finding[]): void => {
    problems.push(...problemsOf(source, findings, at));
  };
  const clusterRead = readCluster({ ...given.cluster, ...changed.cluster });
  say(clusterRead.findings);
  const scope = newScope(clusterRead.cluster.nodes);
  const reader = new StepReader(scope);
  const stepsRead = (changed.steps ?? given.steps ?? []).map((one, position) => {
    const { step, findings } = reader.read(one, at(['steps', position], 'value').line);
    say(findings.map((finding) => ({ ...finding, path: ['steps', position, ...finding.path] })));
    return step;
  });
  const expect = readExpectations(changed.expect ?? given.expect ?? [], reader, scope);
  say(expect.findings);
  return { name, cluster: clusterRead.cluster, steps: stepsRead, expect: expect.expectations };
}

/** Variants share most of the text, and what is wrong in it. In the order of the text. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const byText = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...byText.values()].toSorted((one, other) => one.line - other.line || one.column - other.column);
}

/** `12:5: unknown key "stpes"; did you mean "steps"?` */
export function problemText({ line, column, message }: Problem): string {
  return `${line}:${column}: ${message}`;
}
