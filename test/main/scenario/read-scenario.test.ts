import { describe, expect, it } from 'vitest';
import { problemText, readScenario } from '../../../main/scenario/read-scenario.ts';
import { scenarioOf } from '../../support/scenario-story.ts';

function problemsIn(text: string): readonly string[] {
  const reading = readScenario(text);
  return reading.ok ? [] : reading.problems.map(problemText);
}

const stepsIn = (steps: string): readonly string[] => problemsIn(`title: x\nsteps:\n${steps}`);

describe('readScenario', () => {
  it('reads what people read, and one run without variants', () => {
    const { variants, ...words } = scenarioOf(`
title: One
teaches: Something.
watch: The rings.
expected: A leader.
rules: [5.2, D9.6]
steps:
  - when: leader elected
`);
    expect(words).toEqual({
      title: 'One',
      teaches: 'Something.',
      watch: 'The rings.',
      expected: 'A leader.',
      rules: ['5.2', 'D9.6'],
    });
    expect(variants).toMatchObject([{ name: '', cluster: { type: 'start-cluster', nodes: 3, fresh: true } }]);
    expect(variants[0]?.steps).toMatchObject([{ line: 8, time: { kind: 'when' }, action: { kind: 'nothing' } }]);
    expect(variants[0]?.expect).toMatchObject([{ kind: 'never', condition: { kind: 'violation' } }]);
  });

  it('merges the cluster of a variant key by key, and takes its steps and what it expects as a whole', () => {
    const { variants } = scenarioOf(`
title: Two
cluster: { nodes: 5, voters: 3, rulesOff: [pre-vote] }
steps: [{ crash-node: 4 }]
expect: [{ eventually: no leader }]
variants:
  same: {}
  other:
    cluster: { voters: 4 }
    steps: [{ stop-node: 4 }, heal-all]
    expect: [{ broken: linearizability }]
`);
    expect(variants.map(({ name }) => name)).toEqual(['same', 'other']);
    const [same, other] = variants;
    expect(same?.cluster).toMatchObject({ nodes: 5, voters: 3 });
    expect(other?.cluster).toMatchObject({ nodes: 5, voters: 4, rulesOff: ['pre-vote'] });
    expect([same?.steps.length, other?.steps.length]).toEqual([1, 2]);
    expect(same?.expect.map(({ kind }) => kind)).toEqual(['never', 'eventually']);
    expect(other?.expect).toEqual([{ kind: 'broken', promises: ['linearizability'] }]);
  });

  it('takes names with it from the steps of one variant, and not into the next', () => {
    const text = (name: string): string => `
title: Names
steps: []
variants:
  one: { steps: [{ name: { first: leader } }, { crash-node: first }] }
  two: { steps: [{ crash-node: ${name} }] }
`;
    expect(problemsIn(text('0'))).toEqual([]);
    expect(problemsIn(text('first'))).toEqual(['6:32: "first" names no server so far']);
  });

  it.each([
    ['', '1:1: expected a scenario: title, steps …'],
    ['- a', '1:1: expected a scenario: title, steps …'],
    [
      'title: x\nsteps: [a\n',
      '3:1: this is no YAML: flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['title: x\nsteps: []\nsteps: []\n', '3:1: this is no YAML: map keys must be unique'],
    ['title: 5\nsteps: []', '1:8: expected a text'],
    ['title: x\nsteps: 3', '2:8: expected a list of steps, each behind a dash'],
    ['title: x\ncluster: { voter: 2 }\nsteps: []', '2:12: unknown key "voter"; did you mean "voters"?'],
    ['title: x\ncluster: { timings: papier }\nsteps: []', '2:21: there are no timings "papier"; did you mean "paper"?'],
  ])('says of %j where it is wrong', (text, problem) => {
    expect(problemsIn(text)).toEqual([problem]);
  });

  it.each([
    ['  - crsh-node: 1', '3:5: unknown key "crsh-node"; did you mean "crash-node"?'],
    ['  - crash-node: leeder', '3:17: "leeder" names no server so far; did you mean "leader"?'],
    ['  - crash-node: 7', '3:17: there is no node 7: the cluster has nodes 0 to 2'],
    ['  - when: leader elect', '3:11: "leader elect" is no condition; did you mean "leader elected"?'],
    ['  - expect: node 9 is leader', '3:13: there is no node 9: the cluster has nodes 0 to 2'],
    [
      '  - expect: { all: [no leader, { not: two leader }] }',
      '3:39: "two leader" is no condition; did you mean "two leaders"?',
    ],
    ['  - expect: { leader: elected, amung: [1] }', '3:32: unknown key "amung"; did you mean "among"?'],
    ['  - set-rules: [pre-vot]', '3:17: there is no "pre-vot"; did you mean "pre-vote"?'],
    ['  - set-fault: { link: 0 -> 1, drop: 130 }', '3:16: percent: expected number to be <=100'],
    ['  - set-fault: { link: 0 -> 1, dorp: 30 }', '3:16: kind: there is no "dorp" here'],
    ['  - append: [1]', '3:14: expected a text; put numbers in quotes'],
    ['  - jump-clock: { node: 1 }', '3:17: byMs: expected number, and nothing stands here'],
    ['  - partition: [[0], [0, 1]]', '3:16: each server stands in one group'],
    ['  - after: 3 sec', '3:12: expected a time with a unit: 500 ms, 3 s, 1 min'],
    ['  - after: 1 s\n    at: 1 s', '4:5: a step has one of at, after, when; here are two'],
  ])('says of the step %j where it is wrong', (step, problem) => {
    expect(stepsIn(step)).toEqual([problem]);
  });

  it('says everything at once, in the order of the text', () => {
    expect(
      problemsIn(`title: x
steps:
  - append: [a]
    as: first
  - expect: request fist answered
  - name: { leader: 1 }
expect:
  - broken: [linearisability]
  - never: violation
    from: nowhere
`),
    ).toEqual([
      '5:13: there is no request "fist"; named are first',
      `6:13: "leader" can't be a name; use a word that means nothing yet`,
      '8:14: there is no promise "linearisability"; did you mean "linearizability"?',
      '10:11: there is no step "nowhere"; named are first',
    ]);
  });

  it('says once what variants share', () => {
    expect(problemsIn('title: x\nsteps: [{ crash-node: 9 }]\nvariants: { a: {}, b: {} }')).toEqual([
      '2:23: there is no node 9: the cluster has nodes 0 to 2',
    ]);
  });
});
