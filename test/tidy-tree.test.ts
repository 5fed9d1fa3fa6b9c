/** The house rules about the tree as a whole, shown on small trees made for them. */
import { describe, expect, it } from 'vitest';
import { fileLengths, functionLengths } from './support/tidy-lengths.ts';
import { describeFinding } from './support/tidy-source.ts';
import type { Finding, SourceFile } from './support/tidy-source.ts';
import { deadFiles, mirrorTests, readmes } from './support/tidy-tree.ts';

function tree(files: Readonly<Record<string, string>>): readonly SourceFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}

function said(findings: readonly Finding[]): string {
  return findings.map(describeFinding).join('\n');
}

describe('a README per folder', () => {
  it('misses the one that is not there', () => {
    const files = tree({ 'shared/a.ts': '', 'shared/README.md': '', 'shared/projection/b.ts': '' });
    expect(said(readmes(files))).toMatch(/^shared\/projection\/README\.md:1 is missing/);
  });

  it('asks none of a folder of tests, or of one that only holds folders', () => {
    const files = tree({ 'test/README.md': '', 'test/main/raft/a.test.ts': '', 'main/hosts/web/README.md': '' });
    expect(said(readmes(files))).toBe('');
  });
});

describe('mirror tests', () => {
  const code = 'export const a = 1;\n';

  it('misses the one that is not there, and says where it goes', () => {
    expect(said(mirrorTests(tree({ 'main/raft/step.ts': code }), {}))).toBe(
      'main/raft/step.ts:1 has no test; write test/main/raft/step.test.ts',
    );
  });

  it('asks none for types alone', () => {
    const types = "import type { B } from './b.ts';\nexport interface A { b: B }\nexport type { B };\n";
    expect(said(mirrorTests(tree({ 'shared/a.ts': types }), {}))).toBe('');
  });

  it('takes a test in a thread of its own', () => {
    expect(said(mirrorTests(tree({ 'main/a.ts': code, 'test/main/a.isolated.test.ts': '' }), {}))).toBe('');
  });

  it('only shrinks its list', () => {
    const files = tree({
      'main/a.ts': code,
      'main/b.ts': code,
      'test/main/b.test.ts': '',
      'main/c.ts': 'export type C = 1;',
    });
    const exemptions = { 'main/a.ts': 'why', 'main/b.ts': 'why', 'main/c.ts': 'why', 'main/d.ts': 'why' };
    const stale = said(mirrorTests(files, exemptions));
    expect(stale).not.toContain('main/a.ts');
    expect(stale).toContain('main/b.ts has a test now; remove it');
    expect(stale).toContain('main/c.ts has nothing to run; remove it');
    expect(stale).toContain('main/d.ts is not there; remove it');
  });
});

describe('dead files', () => {
  const config = { 'electron.vite.config.ts': "const input = ['main/start.ts', 'renderer/index.html'];" };
  const app = {
    ...config,
    'main/start.ts': "import './used.ts';\nnew Worker(new URL('./worker.ts', import.meta.url));\n",
    'main/used.ts': "import type { S } from '../shared/s.ts';",
    'main/worker.ts': '',
    'shared/s.ts': '',
    'renderer/index.html': '<link href="styles/a.css" /><script type="module" src="./page.ts"></script>',
    'renderer/page.ts': "const view = () => import('./view.vue');",
    'renderer/view.vue': '<script setup lang="ts">\nimport \'./styles/b.css\';\n</script>',
    'renderer/styles/a.css': "@import './c.css';",
    'renderer/styles/b.css': '',
    'renderer/styles/c.css': '',
  };

  it('follows imports, workers, the page, its components and styles', () => {
    expect(said(deadFiles(tree(app), {}))).toBe('');
  });

  it('finds what nothing reaches, and what only a test keeps warm', () => {
    const files = tree({ ...app, 'main/dead.ts': '', 'test/main/dead.test.ts': "import '../../main/dead.ts';" });
    expect(said(deadFiles(files, {}))).toBe('main/dead.ts:1 is reached from no entry point; use it or remove it');
  });

  it('finds a helper or a script that nothing names', () => {
    const helpers = { 'test/support/a.ts': '', 'test/support/b.cjs': '', 'scripts/c.mjs': '', 'scripts/d.mjs': '' };
    const users = { 'test/x.test.ts': "import './support/a.ts';", 'package.json': '{ "test": "node scripts/c.mjs" }' };
    const dead = said(deadFiles(tree({ ...app, ...helpers, ...users }), {}));
    expect(dead).toContain('test/support/b.cjs:1 ');
    expect(dead).toContain('scripts/d.mjs:1 ');
    expect(dead.split('\n')).toHaveLength(2);
  });

  it('only shrinks its list', () => {
    const files = tree({ ...app, 'main/dead.ts': '' });
    const stale = said(deadFiles(files, { 'main/dead.ts': 'why', 'main/used.ts': 'why', 'main/gone.ts': 'why' }));
    expect(stale).toContain('main/used.ts is gone or in use');
    expect(stale).toContain('main/gone.ts is gone or in use');
    expect(stale.split('\n')).toHaveLength(2);
  });
});

describe('lengths', () => {
  const lines = (count: number): string => 'x;\n'.repeat(count);

  it('holds a file to its limit, a test to a wider one', () => {
    const files = tree({
      'main/a.ts': lines(201),
      'main/b.ts': lines(200),
      'test/a.test.ts': lines(350),
      'a.md': lines(999),
    });
    expect(said(fileLengths(files, {}))).toBe(
      'main/a.ts:1 main/a.ts has 201 lines and the limit is 200; split it by what it is about',
    );
  });

  it('lets an entry be met, not passed, and not outlive its use', () => {
    const files = tree({ 'main/a.ts': lines(260), 'main/b.ts': lines(100) });
    expect(said(fileLengths(files, { 'main/a.ts': 270 }))).toBe('');
    expect(said(fileLengths(files, { 'main/a.ts': 250 }))).toContain('allows 250');
    expect(said(fileLengths(files, { 'main/a.ts': 300 }))).toContain('lower it to 260');
    expect(said(fileLengths(files, { 'main/a.ts': 260, 'main/b.ts': 210 }))).toContain(
      'main/b.ts has 100 lines; remove it',
    );
    expect(said(fileLengths(files, { 'main/a.ts': 260, 'main/c.ts': 210 }))).toContain('remove it from longFiles');
  });

  it('holds a function to its limit and names it', () => {
    const long = `const a = 1;\nexport function act() {\n${lines(60)}}\nexport const short = () => {\n${lines(9)}};\n`;
    const files = tree({ 'main/lab/a.ts': long, 'test/a.test.ts': long });
    expect(said(functionLengths(files, {}))).toMatch(/^main\/lab\/a\.ts:2 main\/lab\/a\.ts#act has 62 lines/);
    expect(said(functionLengths(files, { 'main/lab/a.ts#act': 62 }))).toBe('');
  });

  it('does not blame a factory for the functions that it makes', () => {
    const factory = `export function make() {\n  function inner() {\n${lines(50)}  }\n${lines(40)}}\n`;
    expect(said(functionLengths(tree({ 'main/lab/a.ts': factory }), {}))).toBe('');
    const method = `export function make() {\n  return { inner() {\n${lines(61)}  } };\n}\n`;
    expect(said(functionLengths(tree({ 'main/lab/a.ts': method }), {}))).toContain('a.ts#inner has 63 lines');
  });
});
