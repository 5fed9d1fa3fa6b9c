/** Nodes without a page and their clients, built, as processes: `raft-lab node`, `append`, `range`, `key`. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseKeyText } from '../../../../main/node/key-text.ts';
import { runCli, startCli } from '../../../support/cli-process.ts';
import { HeadlessNodes } from '../../../support/headless-nodes.ts';
import { temporaryFolder } from '../../../support/lab-app.ts';
import { findFreePorts, freeBasePort } from '../../../support/ports.ts';
import { TakenPorts } from '../../../support/taken-ports.ts';

let folder: { path: string; remove(): Promise<void> };
let nodes: HeadlessNodes;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  await nodes.end();
  await folder.remove();
});

/** A cluster on this machine; none of its nodes runs yet. */
async function cluster(count: number, words: readonly string[] = []): Promise<HeadlessNodes> {
  const ports = await findFreePorts(count);
  const places = ports.map((port, id) => ({ id, address: `127.0.0.1:${port}` }));
  nodes = new HeadlessNodes({ places, folder: folder.path, words });
  return nodes;
}

async function makeKey(name: string): Promise<string> {
  const file = join(folder.path, name);
  const { exitCode, output } = await runCli(['key', file]);
  expect([exitCode, output]).toEqual([0, expect.stringContaining(`${file} holds the key of a new cluster`)]);
  return file;
}

describe('three nodes without a page', () => {
  it('take appends through each of them, stop cleanly, and have everything after a restart', async () => {
    await cluster(3);
    await nodes.start();
    for (const id of [0, 1, 2]) {
      const { exitCode, output, errors } = await nodes.ask(id, 'append', `foo ${id}`);
      expect([exitCode, errors]).toEqual([0, '']);
      expect(output).toMatch(/^Committed at index \d+, term \d+\.\n$/);
    }
    const texts = ['foo 0', 'foo 1', 'foo 2'];
    for (const id of [0, 1, 2]) expect(await nodes.texts(id)).toEqual(texts);
    expect(await Promise.all([0, 1, 2].map((id) => nodes.stop(id, id === 2 ? 'SIGINT' : 'SIGTERM')))).toEqual([
      0, 0, 0,
    ]);
    await nodes.start();
    expect(await nodes.texts(1)).toEqual(texts);
    expect(nodes.logOf(1)).toMatch(/boot 2: term \d+/);
  });

  it('take what a condition allows, many texts at once, and lines as they come', async () => {
    await cluster(1);
    await nodes.start();
    const one = JSON.parse((await nodes.ask(0, 'append', '--expect', '0:0', '--json', 'a', 'b')).output) as {
      first_index: number;
      last_index: number;
      term: number;
      latency_ms: number;
    };
    expect(one).toEqual({
      first_index: expect.any(Number) as number,
      last_index: one.first_index + 1,
      term: expect.any(Number) as number,
      latency_ms: expect.any(Number) as number,
    });
    const refused = await nodes.ask(0, 'append', '--expect', '0:0', '--json', 'c');
    expect(refused).toMatchObject({ exitCode: 1, errors: expect.stringMatching(/^raft-lab: append: not done \(conf/) });
    expect(JSON.parse(refused.output)).toMatchObject({
      error: 'conflict',
      outcome_known: true,
      last_client_index: one.last_index,
      last_client_term: one.term,
    });
    const to = ['append', '--to', nodes.places[0]?.address ?? ''];
    expect(await runCli([...to, '--timeout', '30'], { input: 'grüße\r\n\nd' })).toMatchObject({ exitCode: 0 });
    expect(await nodes.texts(0)).toEqual(['a', 'b', 'grüße', '', 'd']);
    const large = await runCli([...to, '--timeout', '30'], { input: `e\n${'x'.repeat(1_100_000)}\nf\n` });
    expect(large).toMatchObject({
      exitCode: 1,
      errors: expect.stringMatching(/too-large(.|\n)*1 line appended before it/),
    });
    expect(await nodes.texts(0)).toEqual(['a', 'b', 'grüße', '', 'd', 'e']);
    expect(await runCli([...to, '-'])).toMatchObject({
      exitCode: 2,
      errors: expect.stringContaining('nothing to app'),
    });
  });

  it('print what is asked for, and say what there is not', async () => {
    await cluster(1);
    await nodes.start();
    await nodes.ask(0, 'append', 'a\nb', 'ü');
    const { exitCode, output, errors } = await nodes.ask(0, 'range', '0', '99', '--read', 'lease');
    expect([exitCode, errors]).toEqual([0, '']);
    expect(output).toMatch(/^\d+\t\d+\ta⏎b\n\d+\t\d+\tü\n$/);
    const beyond = await nodes.ask(0, 'range', '90', '99', '--read', 'local');
    expect(beyond).toMatchObject({ exitCode: 0, output: '', errors: expect.stringContaining('no entries from 90 to') });
    const json = await nodes.ask(0, 'range', '90', '99', '--json');
    expect(JSON.parse(json.output)).toEqual({ entries: 0, applied_index: expect.any(Number) as number });
  });

  it('serve more than one answer holds, to the last line', async () => {
    await cluster(1);
    await nodes.start();
    const lines = Array.from({ length: 2_500 }, (_, number) => `line ${number}`);
    const to = ['append', '--to', nodes.places[0]?.address ?? '', '--timeout', '30', '--json'];
    expect(await runCli(to, { input: lines.join('\n') })).toMatchObject({ exitCode: 0, errors: '' });
    expect(await nodes.texts(0)).toEqual(lines);
  });
});

describe('a key', () => {
  it('is made once, for its owner alone, and never over another one', async () => {
    await cluster(0);
    const file = await makeKey('cluster.key');
    const text = readFileSync(file, 'utf8');
    expect(parseKeyText(text).ok).toBe(true);
    expect(process.platform === 'win32' ? 0o600 : statSync(file).mode & 0o777).toBe(0o600);
    const again = await runCli(['key', file]);
    expect(again).toMatchObject({
      exitCode: 1,
      errors: expect.stringContaining('is there already and stays as it is'),
    });
    expect(readFileSync(file, 'utf8')).toBe(text);
    const printed = await runCli(['key']);
    expect(printed).toMatchObject({ exitCode: 0, errors: '' });
    expect(parseKeyText(printed.output).ok && printed.output !== text).toBe(true);
    expect(await runCli(['key', join(file, 'in-a-file')])).toMatchObject({ exitCode: 1 });
  });

  it('lets in who has it; others, servers or clients, change nothing and are told of', async () => {
    const file = await makeKey('cluster.key');
    // The same cluster, another key.
    const text = readFileSync(file, 'utf8');
    const stranger = join(folder.path, 'stranger.key');
    writeFileSync(stranger, text.replace(/:../, text.includes(':00') ? ':11' : ':00'));
    await cluster(3);
    for (const id of [0, 1]) await nodes.startOne(id, ['--key', file]);
    await nodes.startOne(2, ['--key', stranger]);
    expect(await nodes.ask(0, 'append', '--key', file, 'foo')).toMatchObject({ exitCode: 0 });
    const to = ['append', '--to', nodes.places[0]?.address ?? '', '--timeout', '1'];
    for (const key of [['--key', stranger], []]) {
      const { exitCode, errors } = await runCli([...to, ...key, 'bar']);
      expect([exitCode, errors]).toEqual([1, expect.stringMatching(/not done .* its key the right ones/)]);
    }
    expect(await nodes.texts(1, '--key', file)).toEqual(['foo']);
    expect(nodes.logOf(0)).toMatch(/ warn {3}net {5}datagram of \d+ bytes from 127\.0\.0\.1:\d+ refused as/);
    expect(nodes.logOf(2)).not.toContain('LEADER');
  });
});

describe('a node that can’t start says what to do, and exits with 2', () => {
  it('where its port is taken, its folder in use, or its log damaged', async () => {
    await cluster(2);
    const [first, second] = nodes.places.map(({ address }) => address);
    const taken = new TakenPorts();
    await taken.take(Number(first?.split(':')[1]));
    expect(await runCli(nodes.wordsOf(0))).toEqual({
      exitCode: 2,
      output: '',
      errors: `raft-lab: ${first} is taken by another program. Stop that program or choose another port.\n`,
    });
    taken.releaseAll();
    await nodes.start();
    const listen = ['--listen', `127.0.0.1:${(await findFreePorts(1))[0]}`];
    const elsewhere = ['node', '--id=1', ...listen, '--data', nodes.folderOf(1), '--peers', `0=${first}`];
    const inUse = await runCli([...elsewhere, '--log-format=json']);
    expect([inUse.exitCode, inUse.output]).toEqual([2, '']);
    expect(JSON.parse(inUse.errors)).toMatchObject({
      node: 1,
      level: 'error',
      text: expect.stringContaining('in use by'),
    });
    await nodes.stop(1);
    const identity = readdirSync(nodes.folderOf(1)).find((name) => name === 'identity') ?? '';
    writeFileSync(join(nodes.folderOf(1), identity), 'nonsense');
    const damaged = await runCli(nodes.wordsOf(1));
    expect(damaged).toMatchObject({ exitCode: 2, errors: expect.stringContaining(join(nodes.folderOf(1), identity)) });
    expect(second).toBeDefined();
  });

  it('where its words make no sense', async () => {
    await cluster(1, ['--log', 'info,rafd=debug']);
    const hint = '\nTry: raft-lab --help\n';
    const targets = 'raft, net, disk, node, client, lab, faults, check';
    expect(await runCli(nodes.wordsOf(0))).toEqual({
      exitCode: 2,
      output: '',
      errors: `raft-lab: --log: There is no log target "rafd" (in "rafd=debug"). The targets are: ${targets}.${hint}`,
    });
    const words = nodes.wordsOf(0).slice(0, -2);
    const noKey = await runCli([...words, '--key', join(folder.path, 'none')]);
    expect(noKey).toMatchObject({ exitCode: 2, errors: expect.stringContaining("can't be read: ENOENT") });
    const environment = { RAFT_LAB_LOG: 'loud' };
    expect((await runCli(words, { environment })).errors).toContain('RAFT_LAB_LOG: "loud" is neither a log level');
  });
});

it.runIf(process.platform === 'linux')('a node whose disk fails says so and exits with 1', async () => {
  const [port] = await findFreePorts(1);
  const within = ['bash', '-c', 'ulimit -f 8; exec "$@"', 'bash'];
  const places = [{ id: 0, address: `127.0.0.1:${port}`, within }];
  nodes = new HeadlessNodes({ places, folder: folder.path });
  const { exited, errors } = await nodes.startOne(0);
  expect(await exited).toBe(1);
  expect(errors()).toMatch(/^raft-lab: Could not write to .*\.seg: EFBIG: file too large/m);
});

describe('the log of a node', () => {
  it('is JSON, one object a line, of what the directives ask for', async () => {
    await cluster(1, ['--log-format', 'json', '--log', 'warn,raft=debug,net=trace']);
    await nodes.start();
    await nodes.ask(0, 'append', 'foo');
    await expect.poll(() => nodes.logOf(0)).toContain('"type":"entries-appended"');
    const lines = nodes.logOf(0).trimEnd().split('\n');
    const log = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(log.every(({ time, node, event }) => Date.parse(String(time)) > 0 && node === 0 && event)).toBe(true);
    const kinds = new Set(log.map(({ target, level }) => `${String(target)} ${String(level)}`));
    expect([...kinds]).toEqual(expect.arrayContaining(['raft info', 'raft debug', 'net trace']));
    expect([...kinds].filter((kind) => /^(node|disk|client) (info|debug|trace)/.test(kind))).toEqual([]);
  });

  it('is nothing when nothing is wanted, and nobody has to read it', async () => {
    await cluster(1, ['--log', 'off']);
    await nodes.start();
    await nodes.ask(0, 'append', 'foo');
    expect(nodes.logOf(0)).toBe('');
  });
});

it('a client says that nobody is there, and that nothing was done', async () => {
  await cluster(1);
  const words = ['--to', nodes.places[0]?.address ?? '', '--timeout', '0.5', '--json'];
  const { exitCode, output, errors } = await runCli(['append', ...words, 'foo']);
  expect(exitCode).toBe(1);
  expect(JSON.parse(output)).toMatchObject({ outcome_known: true });
  expect(errors).toMatch(/^raft-lab: append: not done/);
  expect(await runCli(['range', ...words, '1', '2'])).toMatchObject({ exitCode: 1 });
});

it('a client asks the app’s own cluster, with the key in its folder', async () => {
  await cluster(0);
  const basePort = await freeBasePort();
  const app = startCli(['serve', '--no-open', '--data', folder.path, '--base-port', `${basePort}`]);
  await expect.poll(() => app.output()).toContain('Raft Lab is at');
  const key = join(folder.path, 'cluster-3', 'cluster.key');
  const { members } = JSON.parse(readFileSync(join(folder.path, 'cluster-3', 'cluster.json'), 'utf8')) as {
    members: { address: { port: number } }[];
  };
  const to = ['--to', `127.0.0.1:${members[0]?.address.port}`, '--key', key, '--timeout', '30'];
  expect(await runCli(['append', ...to, 'foo'])).toMatchObject({ exitCode: 0, errors: '' });
  expect((await runCli(['range', ...to, '1', '9'])).output).toMatch(/^\d+\t\d+\tfoo\n$/);
  app.child.kill('SIGTERM');
  expect(await app.exited).toBe(0);
});
