/** The scenarios that the app comes with, as they lie in resources/scenarios; fetched together with the pane. */
import { parse } from 'yaml';
import { z } from 'zod';

export interface LibraryScenario {
  /** The file's name. */
  readonly id: string;
  readonly title: string;
  readonly teaches: string;
  readonly watch: string;
  readonly expected: string;
  /** Sections of the paper, or (`D…`) of the dissertation. */
  readonly rules: readonly string[];
  /** Names of its runs; none where there is only one. */
  readonly variants: readonly string[];
  /** YAML. */
  readonly text: string;
}

export interface LibraryGroup {
  readonly id: GroupId;
  readonly scenarios: readonly LibraryScenario[];
}

export type GroupId = 'elections' | 'network' | 'log' | 'reads' | 'machines' | 'members' | 'more';

const files = import.meta.glob<string>('../../../resources/scenarios/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const words = z.string().default('');
const form = z.looseObject({
  title: z.string(),
  teaches: words,
  watch: words,
  expected: words,
  rules: z.array(z.union([z.string(), z.number()])).default([]),
  variants: z.record(z.string(), z.unknown()).default({}),
});

/** What is in which group, in the order in which one learns. */
const order: Readonly<Record<Exclude<GroupId, 'more'>, readonly string[]>> = {
  elections: ['first-election', 'leader-crash', 'split-vote', 'leadership-transfer', 'disruptive-server'],
  network: ['minority-partition', 'majority-partition', 'asymmetric-link', 'duplicate-delivery'],
  log: ['figure-7-logs', 'figure-8', 'lagging-follower-snapshot'],
  reads: ['stale-read', 'clock-drift-lease'],
  machines: ['rolling-restart', 'slow-disk-leader', 'power-cut-majority'],
  members: ['grow-and-replace', 'leader-removes-itself'],
};

function readFile([path, text]: readonly [string, string]): LibraryScenario {
  const { title, teaches, watch, expected, rules, variants } = form.parse(parse(text));
  const id = path.replace(/^.*\//, '').replace(/\.yaml$/, '');
  return { id, title, teaches, watch, expected, rules: rules.map(String), variants: Object.keys(variants), text };
}

/** By group; those that belong nowhere come last. */
export function scenarioLibrary(): readonly LibraryGroup[] {
  const byId = new Map(Object.entries(files).map((file) => [readFile(file).id, readFile(file)]));
  const groups = Object.entries(order).map(([id, names]) => ({
    // The keys of `order` are the groups.
    id: id as GroupId,
    scenarios: names.flatMap((name) => byId.get(name) ?? []),
  }));
  const placed = new Set(Object.values(order).flat());
  const more = [...byId.values()].filter(({ id }) => !placed.has(id));
  return [...groups, { id: 'more' as const, scenarios: more }].filter(({ scenarios }) => scenarios.length > 0);
}
