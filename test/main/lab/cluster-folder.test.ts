import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openClusterFolder, saveClusterRecord, type ClusterFolder } from '../../../main/lab/cluster-folder.ts';
import type { Result } from '../../../shared/result.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'raft-lab-folder-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function opened(result: Result<ClusterFolder>): ClusterFolder {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

function refused(result: Result<ClusterFolder>): string {
  if (result.ok) throw new Error(`${result.value.path} was opened`);
  expect(result.failure.code).toBe('unusable');
  return result.failure.message;
}

const members = [0, 1, 2].map((id) => ({ id, address: { host: '127.0.0.1', port: 20_000 + id } }));

describe('cluster folder', () => {
  it('makes the lab folder and a new cluster in it, and takes the same one up again', () => {
    const labFolder = join(folder, 'not', 'there', 'yet');
    const first = opened(openClusterFolder(labFolder, 3, false));
    expect(first.path).toBe(join(labFolder, 'cluster-3'));
    expect(saveClusterRecord(first.path, { formatVersion: 1, clusterId: first.clusterId, members }).ok).toBe(true);
    expect(opened(openClusterFolder(labFolder, 3, false))).toEqual({ ...first, isUnused: false });
    expect(readdirSync(first.path)).toEqual(['cluster.json', 'cluster.key']);
  });

  it('keeps clusters of different sizes apart', () => {
    const three = opened(openClusterFolder(folder, 3, false));
    const five = opened(openClusterFolder(folder, 5, false));
    expect(five.path).toBe(join(folder, 'cluster-5'));
    expect(five.clusterId).not.toBe(three.clusterId);
  });

  it('puts a fresh cluster beside the old ones, and then takes up the latest', () => {
    const first = opened(openClusterFolder(folder, 3, true));
    const second = opened(openClusterFolder(folder, 3, true));
    const third = opened(openClusterFolder(folder, 3, true));
    expect([first, second, third].map(({ path }) => path)).toEqual(
      ['cluster-3', 'cluster-3.2', 'cluster-3.3'].map((name) => join(folder, name)),
    );
    mkdirSync(join(folder, 'cluster-3.x'));
    mkdirSync(join(folder, 'cluster-31'));
    expect(opened(openClusterFolder(folder, 3, false))).toEqual(third);
    expect(readdirSync(first.path)).toEqual(['cluster.json', 'cluster.key']);
  });

  it('makes up for a crash between making the folder and writing the record', () => {
    mkdirSync(join(folder, 'cluster-3'));
    expect(opened(openClusterFolder(folder, 3, false)).path).toBe(join(folder, 'cluster-3'));
  });

  it('does not guess which cluster logs belong to when the record is gone', () => {
    mkdirSync(join(folder, 'cluster-3', 'node-0'), { recursive: true });
    expect(refused(openClusterFolder(folder, 3, false))).toContain(
      'cluster.json does not say which cluster this is: it is missing',
    );
    expect(readdirSync(join(folder, 'cluster-3'))).toEqual(['node-0']);
  });

  it.each([
    ['half a file', '{"formatVersion":1,', 'it is not JSON'],
    [
      'another version',
      JSON.stringify({ formatVersion: 3, clusterId: crypto.randomUUID(), members: [] }),
      'formatVersion',
    ],
    ['no uuid', JSON.stringify({ formatVersion: 1, clusterId: 'x', members: [] }), 'clusterId'],
    ['a list', '[]', 'the whole'],
    [
      'another size',
      JSON.stringify({ formatVersion: 1, clusterId: crypto.randomUUID(), members: members.slice(1) }),
      'it lists 2 members, not 3',
    ],
  ])('refuses a damaged record: %s', (_name, text, problem) => {
    const { path } = opened(openClusterFolder(folder, 3, false));
    const file = join(path, 'cluster.json');
    writeFileSync(file, text);
    const message = refused(openClusterFolder(folder, 3, false));
    expect(message).toContain(file);
    expect(message).toContain(problem);
    expect(message).toContain('start a fresh cluster');
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(opened(openClusterFolder(folder, 3, true)).path).toBe(`${path}.2`);
  });

  it.each([
    ['is a file', 'file', 'A part of the path is a file: choose another folder.'],
    ['lies below a file', join('file', 'lab'), 'A part of the path is a file: choose another folder.'],
  ])('says what to do about a folder that %s', (_name, path, advice) => {
    writeFileSync(join(folder, 'file'), '');
    const message = refused(openClusterFolder(join(folder, path), 3, false));
    expect(message).toContain(join(folder, 'file'));
    expect(message).toContain(advice);
  });

  it.runIf(process.platform === 'linux')('says at once that the system makes no folders in a place', () => {
    expect(refused(openClusterFolder('/proc/lab', 3, false))).toMatch(/\/proc\/lab.*It cannot be made there/);
  });
});
