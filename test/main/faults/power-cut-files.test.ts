import { describe, expect, it } from 'vitest';
import { PowerCut, PowerCutFiles } from '../../../main/faults/power-cut-files.ts';
import type { Files } from '../../../main/ports.ts';
import { drawUnit } from '../../../shared/random.ts';

const text = (files: Files, name: string): string => {
  const file = files.open(name, 'read');
  const bytes = new Uint8Array(file.size());
  file.read(bytes, 0);
  return new TextDecoder().decode(bytes);
};

function put(files: Files, name: string, content: string): void {
  const file = files.open(name, 'create-new');
  file.write(new TextEncoder().encode(content), 0);
  file.dataSync();
  file.close();
}

/** The earliest of all that can be left: no name and no byte that was not flushed. */
const earliest = (): number => 0;
const latest = (): number => 0.999;

describe('a folder in memory', () => {
  it('is a folder: names, contents, and the errors of a system', () => {
    const files = new PowerCutFiles();
    put(files, 'a', 'one');
    files.rename('a', 'b');
    expect([files.list(), text(files, 'b'), files.pathOf('b')]).toEqual([['b'], 'one', '/simulated/b']);
    expect(() => files.open('a', 'read')).toThrow('ENOENT');
    expect(() => files.remove('a')).toThrow('ENOENT');
    expect(() => files.open('b', 'create-new')).toThrow('EEXIST');
    files.remove('b');
    expect(files.list()).toEqual([]);
  });

  it('is two different things for a process that died and for a power cut', () => {
    const files = new PowerCutFiles();
    put(files, 'log', 'flushed');
    files.syncFolder();
    files.open('log', 'read-write').write(new TextEncoder().encode('WRITTEN'), 0);
    expect(text(files, 'log')).toBe('WRITTEN');
    expect(text(files.afterPowerCut(earliest), 'log')).toBe('flushed');
  });
});

describe('after a power cut', () => {
  it('names that were not flushed are as they were at some earlier moment, in order', () => {
    const files = new PowerCutFiles();
    put(files, 'old', '1');
    files.syncFolder();
    put(files, 'new', '2');
    files.rename('new', 'old');
    put(files, 'other', '3');
    files.remove('other');
    const state = { random: 1 };
    const seen = new Set<string>();
    for (let cut = 0; cut < 200; cut += 1) {
      const left = files.afterPowerCut(() => drawUnit(state));
      seen.add(
        left
          .list()
          .map((name) => `${name}=${text(left, name)}`)
          .join(' '),
      );
    }
    expect([...seen].toSorted()).toEqual(['old=1', 'old=1 new=2', 'old=2', 'old=2 other=3']);
    files.syncFolder();
    expect(text(files.afterPowerCut(earliest), 'old')).toBe('2');
  });

  it('the disk is a new one: what the former life still does leaves no trace on it', () => {
    const files = new PowerCutFiles();
    put(files, 'log', 'first');
    files.syncFolder();
    const after = files.afterPowerCut(latest);
    const file = files.open('log', 'read-write');
    file.write(new TextEncoder().encode('later'), 0);
    file.dataSync();
    expect(text(after, 'log')).toBe('first');
  });

  it('every act fails from the cut on, and reading does not', () => {
    const files = new PowerCutFiles();
    put(files, 'log', 'there');
    files.cutPowerAfter(1);
    const file = files.open('log', 'read-write');
    file.write(Uint8Array.of(65), 0);
    for (const act of [
      () => file.write(Uint8Array.of(66), 0),
      () => file.truncate(0),
      () => file.dataSync(),
      () => files.syncFolder(),
      () => files.rename('log', 'gone'),
      () => files.remove('log'),
      () => files.open('more', 'create-new'),
    ]) {
      expect(act).toThrow(PowerCut);
    }
    expect([files.list(), text(files, 'log')]).toEqual([['log'], 'Ahere']);
  });
});

describe('a cut within a write', () => {
  const cut = (torn: 'lost' | 'noise'): PowerCutFiles => {
    const files = new PowerCutFiles();
    put(files, 'log', '........');
    files.syncFolder();
    files.cutPowerAfterBytes(5, torn);
    const file = files.open('log', 'read-write');
    file.write(new TextEncoder().encode('abc'), 0);
    expect(() => file.write(new TextEncoder().encode('defg'), 3)).toThrow(PowerCut);
    expect(() => file.dataSync()).toThrow(PowerCut);
    return files;
  };

  it('leaves the bytes before it, and what the sector held behind them', () => {
    expect(text(cut('lost').asWritten(), 'log')).toBe('abcde...');
    expect(text(cut('lost').afterPowerCut(earliest), 'log')).toBe('........');
  });

  it('or noise in the rest of what was being written', () => {
    expect(text(cut('noise').asWritten(), 'log')).toMatch(/^abcde[^.]{2}\.$/s);
  });
});

describe('a flush that fails', () => {
  it('throws once, as the system does', () => {
    const files = new PowerCutFiles();
    const file = files.open('log', 'create-new');
    files.syncFolder();
    file.write(Uint8Array.of(65), 0);
    files.failNextDataSync();
    expect(() => file.dataSync()).toThrow('EIO');
    file.dataSync();
    expect(text(files, 'log')).toBe('A');
    expect(text(files.afterPowerCut(latest), 'log')).toBe('\0');
  });
});

it('a long log costs no more per write than a short one', () => {
  const files = new PowerCutFiles();
  const file = files.open('log', 'create-new');
  const record = new Uint8Array(100).fill(7);
  // Copying the file for each write, 250 GB in all, would take longer than a test may.
  const writes = 70_000;
  for (let at = 0; at < writes; at += 1) {
    file.write(record, at * record.length);
    file.dataSync();
  }
  expect(file.size()).toBe(writes * record.length);
});
