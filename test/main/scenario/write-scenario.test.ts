import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RememberedCommands, TimedCommand } from '../../../main/scenario/command-memory.ts';
import { commandsOf } from '../../../main/scenario/commands-of.ts';
import type { StepCommand, Variant } from '../../../main/scenario/scenario.ts';
import { payloadText } from '../../../main/scenario/payload-text.ts';
import { World } from '../../../main/scenario/world.ts';
import { writeScenario } from '../../../main/scenario/write-scenario.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { commandSchema } from '../../../shared/command.ts';
import { ruleIds } from '../../../shared/rules.ts';
import { scenarioOf } from '../../support/scenario-story.ts';

const nodes = 5;
const node = fc.integer({ min: 0, max: nodes - 1 });
const link = fc.uniqueArray(node, { minLength: 2, maxLength: 2 }).map(([from = 0, to = 1]) => ({ from, to }));
const entry = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('5 s', '', '- a\n- b', 'null', '1', '# x', ' a', "it's", '"', 'a\r\nb', 'é', '😀', '\u0000'),
  fc.uint8Array({ maxLength: 40 }),
);
const rulesOff = fc.uniqueArray(fc.constantFrom(...ruleIds), { maxLength: 4 });
const percent = fc.integer({ min: 1, max: 100 });
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 });
const delay = fc.tuple(fc.nat(500), fc.nat(500)).map(([minMs, moreMs]) => ({ minMs, maxMs: minMs + moreMs }));

const command: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({ type: fc.constantFrom('start-node', 'stop-node', 'crash-node', 'pause-node', 'cut-power'), node }),
  fc.record({ type: fc.constantFrom('cut-link', 'heal-link'), link }),
  fc.record({ type: fc.constantFrom('heal-all', 'stop-workload') }),
  fc.record({ type: fc.constant('append'), node, entries: fc.array(entry, { minLength: 1, maxLength: 4 }) }),
  fc.record({
    type: fc.constant('append'),
    node,
    entries: fc.constant(['in a session']),
    expect: fc.record({ prevLogIndex: fc.nat(99), prevLogTerm: fc.nat(9) }),
    session: fc.constant({ sessionId: 2, sequence: 3, lowestOpen: 1 }),
  }),
  fc.record({
    type: fc.constant('index-range'),
    node,
    startIndex: fc.nat(99),
    endIndex: fc.nat(999),
    read: fc.constantFrom('linearizable', 'lease', 'local'),
  }),
  fc.record({
    type: fc.constant('change-membership'),
    mode: fc.constantFrom('joint', 'single-server'),
    voters: fc.uniqueArray(node, { minLength: 1 }),
    learners: fc.constant([]),
  }),
  fc.record({ type: fc.constant('transfer-leadership'), to: node }),
  fc.record({ type: fc.constant('set-retention'), retainEntries: fc.nat(100) }),
  fc.record({ type: fc.constant('set-rules'), rulesOff }),
  fc.uniqueArray(node, { minLength: 2 }).map((ids) => ({ type: 'partition', groups: [ids.slice(0, 1), ids.slice(1)] })),
  fc.record({
    type: fc.constant('set-fault'),
    rule: fc.record({
      id: name,
      link,
      action: fc.oneof(
        fc.record({ kind: fc.constant('drop'), percent }),
        delay.map((span) => ({ kind: 'delay', distribution: 'uniform', ...span })),
      ),
    }),
  }),
  fc.record({ type: fc.constant('clear-fault'), faultRule: name }),
  fc.record({ type: fc.constant('set-disk'), node, disk: delay.map((span) => ({ kind: 'slow', ...span })) }),
  fc.record({ type: fc.constant('set-clock-rate'), node, partsPerMillion: fc.integer({ min: -900_000, max: 9e6 }) }),
  fc.record({ type: fc.constant('jump-clock'), node, byMs: fc.integer({ min: -500, max: 500 }) }),
  fc.record({
    type: fc.constant('start-workload'),
    workload: fc.record({ clients: fc.integer({ min: 1, max: 8 }), node: fc.oneof(node, fc.constant('leader')) }),
  }),
);

const timed = fc.array(fc.tuple(fc.nat(5_000), command), { maxLength: 8 }).map((all): readonly TimedCommand[] => {
  let atMs = 0;
  return all.map(([moreMs, one]) => {
    atMs += moreMs;
    return { atMs, command: commandSchema.parse(one) as StepCommand };
  });
});

/** The commands of the steps, as they are carried out. */
function commandsIn({ steps }: Variant): readonly unknown[] {
  return steps.flatMap(({ time, action }) => {
    if (action.kind !== 'command') return [];
    const commands = commandsOf(action.template, new World());
    if (typeof commands === 'string' || time.kind !== 'at') throw new Error('expected commands at times');
    return commands.map((one) => ({ atMs: time.ms, command: commandSchema.parse(one) }));
  });
}

/** Bytes as a list, or as the text that they are, whatever holds them. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return payloadText(value) ?? { bytes: [...value] };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

const started = { type: 'start-cluster', nodes } as const;

describe('writeScenario', () => {
  it('writes what is read back as the same commands at the same times', () => {
    fc.assert(
      fc.property(timed, name, fc.option(rulesOff, { nil: undefined }), (commands, title, off) => {
        const cluster = { ...started, voters: 3, seed: 7, ...(off && { rulesOff: off }) };
        const { variants, ...read } = scenarioOf(writeScenario(title, { cluster, commands, forgotten: 0 }));
        expect(read.title).toBe(title);
        expect(variants[0]?.cluster).toEqual({ ...cluster, fresh: true });
        expect(variants[0] && plain(commandsIn(variants[0]))).toEqual(plain(commands));
      }),
      { numRuns: 300 },
    );
  });

  it('writes an entry that is a part of larger bytes, and no more of them', () => {
    const larger = new TextEncoder().encode('before hello after');
    const noText = Uint8Array.of(1, 2, 255, 254, 3).subarray(2, 4);
    const entries = [larger.subarray(7, 12), noText];
    const commands: TimedCommand[] = [{ atMs: 5, command: { type: 'append', node: 0, entries } }];
    const text = writeScenario('by hand', { cluster: started, commands, forgotten: 0 });
    expect(text).toContain('- hello');
    const [variant] = scenarioOf(text).variants;
    expect(variant && plain(commandsIn(variant))).toEqual(plain(commands));
  });

  it('says how many earlier commands are left out, and keeps within what a scenario may have', () => {
    const text = 'x'.repeat(1_000);
    const commands = Array.from({ length: 500 }, (_, atMs): TimedCommand => {
      return { atMs, command: { type: 'append', node: 0, entries: [text] } };
    });
    const written = writeScenario('long', { cluster: started, commands, forgotten: 10 });
    expect(written.length).toBeLessThanOrEqual(limits.scenarioCharsMax);
    const kept = scenarioOf(written).variants[0]?.steps ?? [];
    expect(kept.length).toBeGreaterThan(150);
    expect(kept.at(-1)?.time).toEqual({ kind: 'at', ms: 499 });
    expect(written).toContain(`# ${510 - kept.length} earlier commands are left out`);
  });

  it('writes times with units, and a cluster to which nothing was done', () => {
    const timings = { electionTimeoutMinMs: 150, electionTimeoutMaxMs: 300, heartbeatIntervalMs: 50 };
    const nothing: RememberedCommands = { cluster: { ...started, timings, fresh: true }, commands: [], forgotten: 0 };
    expect(writeScenario('A: title', nothing)).toBe(
      `title: "A: title"
cluster:
  nodes: 5
  timings:
    electionTimeoutMinMs: 150 ms
    electionTimeoutMaxMs: 300 ms
    heartbeatIntervalMs: 50 ms
steps:
  - when: leader elected
`,
    );
    const crash: TimedCommand = { atMs: 1_500, command: { type: 'crash-node', node: 2 } };
    expect(writeScenario('One', { cluster: started, commands: [crash], forgotten: 0 })).toContain(
      'steps:\n  - at: 1.5 s\n    crash-node:\n      node: 2\n    as: step 1\n',
    );
  });
});
