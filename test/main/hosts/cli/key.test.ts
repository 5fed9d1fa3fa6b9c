import { expect, it } from 'vitest';
import { readKeyArguments } from '../../../../main/hosts/cli/key.ts';

it('a key goes into one file, or to standard output', () => {
  expect(readKeyArguments([])).toEqual({});
  expect(readKeyArguments(['cluster.key'])).toEqual({ file: 'cluster.key' });
  expect(() => readKeyArguments(['a', 'b'])).toThrow('key: "b" is too much. Give one file, or none.');
  expect(() => readKeyArguments([''])).toThrow('key: "" is no file');
  expect(() => readKeyArguments(['--force'])).toThrow("key: Unknown option '--force'");
});
