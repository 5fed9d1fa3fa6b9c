import { expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import { readYaml, type YamlSource } from '../../../main/scenario/yaml-source.ts';

function sourceOf(text: string): YamlSource {
  const read = readYaml(text);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.source;
}

it('knows where every key and value stands, also behind an alias', () => {
  const source = sourceOf('a: 1\nlist:\n  - x: &here { y: 2 }\n  - *here\n');
  expect(source.value).toEqual({ a: 1, list: [{ x: { y: 2 } }, { y: 2 }] });
  expect(source.place(['a'])).toEqual({ line: 1, column: 4 });
  expect(source.place(['list', 0, 'x', 'y'])).toEqual({ line: 3, column: 19 });
  expect(source.place(['list', 0, 'x', 'y'], 'key')).toEqual({ line: 3, column: 16 });
  expect(source.place(['list', 1, 'y'])).toEqual({ line: 3, column: 19 });
  // What is not there is where it would stand.
  expect(source.place(['list', 0, 'z'])).toEqual({ line: 3, column: 5 });
  expect(sourceOf('').place(['a'])).toEqual({ line: 1, column: 1 });
});

it('reads bytes', () => {
  expect(sourceOf('a: !!binary AAH/').value).toEqual({ a: Buffer.from([0, 1, 255]) });
});

it('says where it is no YAML', () => {
  expect(readYaml('a: [1\n')).toMatchObject({ ok: false, problems: [{ line: 2, column: 1 }] });
  expect(readYaml('a: 1\na: 2\n')).toMatchObject({
    ok: false,
    problems: [{ line: 2, message: 'this is no YAML: map keys must be unique' }],
  });
});

it('refuses what would grow without bound', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x, x]',
    ...['b', 'c', 'd', 'e'].map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcd'[at]}`).join(', ')}]`),
  ];
  expect(readYaml(bomb.join('\n'))).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringMatching(/^this can't be read: excessive alias/) }],
  });
  expect(readYaml(' '.repeat(limits.scenarioCharsMax + 1))).toMatchObject({
    ok: false,
    problems: [{ line: 1, message: expect.stringMatching(/has up to/) }],
  });
});
