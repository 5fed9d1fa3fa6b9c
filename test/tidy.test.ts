/** The house rules, held against the whole tree. What each rule catches is shown in tidy-rules.test.ts. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileLengths, functionLengths } from './support/tidy-lengths.ts';
import { longFiles, longFunctions, notReached, withoutTest } from './support/tidy-lists.ts';
import {
  fullFileNames,
  importTable,
  noForcedTypes,
  noRegistryHosts,
  noUnfinishedMarks,
  noWorkshopWords,
  oneTransport,
  pureCore,
  soleImporter,
} from './support/tidy-rules.ts';
import type { FileRule } from './support/tidy-rules.ts';
import { describeFinding } from './support/tidy-source.ts';
import type { Finding } from './support/tidy-source.ts';
import { honestTests } from './support/tidy-test-rules.ts';
import { deadFiles, mirrorTests, readTree, readmes } from './support/tidy-tree.ts';

const files = readTree(join(import.meta.dirname, '..'));

function expectNone(findings: readonly Finding[]): void {
  expect(findings.map(describeFinding).join('\n')).toBe('');
}

const fileRules: Readonly<Record<string, FileRule>> = {
  'a layer imports only what the import table allows': importTable,
  'only main/net/udp-*.ts imports node:dgram, only main/hosts/electron imports electron': soleImporter,
  'main/raft is pure: no time, chance, timers or promises': pureCore,
  'in the page only renderer/lab-client touches the transport': oneTransport,
  'a relative import names its file in full': fullFileNames,
  'no type is forced through unknown': noForcedTypes,
  'no test is skipped, focused or retried, and none sleeps': honestTests,
  'nothing is marked as unfinished': noUnfinishedMarks,
  'no file names a package registry': noRegistryHosts,
  'no file speaks of the workshop it was made in': noWorkshopWords,
};

it.each(Object.entries(fileRules))('%s', (_name, rule) => {
  expectNone(files.flatMap((file) => rule(file)));
});

it('the tree was read', () => {
  expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['package.json', 'test/tidy.test.ts']));
});

it('every folder has a README', () => {
  expectNone(readmes(files));
});

it('every file of shared/ and main/ has a test at the same path', () => {
  expectNone(mirrorTests(files, withoutTest));
});

it('no file is dead', () => {
  expectNone(deadFiles(files, notReached));
});

it('files stay short', () => {
  expectNone(fileLengths(files, longFiles));
});

it('functions stay short', () => {
  expectNone(functionLengths(files, longFunctions));
});
