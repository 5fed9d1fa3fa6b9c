/** A real folder whose power goes, held to the one in memory that the simulator uses, and to what a log promises on it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFolder } from '../../../main/disk/node-files.ts';
import { openStorage } from '../../../main/disk/open-storage.ts';
import { PowerCut, PowerCutFiles } from '../../../main/faults/power-cut-files.ts';
import { PowerFiles } from '../../../main/faults/power-files.ts';
import type { FileHandle, Files, FlushOutcome } from '../../../main/ports.ts';
import { drawInteger, drawUnit, type RandomState } from '../../../shared/random.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'raft-power-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Everything on the disk, as base64 by name. */
function onDisk(): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
  );
}

function inMemory(files: PowerCutFiles): Record<string, string> {
  const contents = (name: string): Uint8Array => {
    const handle = files.open(name, 'read');
    const bytes = new Uint8Array(handle.size());
    handle.read(bytes, 0);
    return bytes;
  };
  return Object.fromEntries(files.list().map((name) => [name, Buffer.from(contents(name)).toString('base64')]));
}

function create(files: Files, name: string, byte: number, length = 2_000): void {
  const handle = files.open(name, 'create-new');
  handle.write(new Uint8Array(length).fill(byte), 0);
  handle.dataSync();
  handle.close();
  files.syncFolder();
}

/** Does something to the files, drawn from `draws`: what a log does, and more. Handles stay open, also of removed files. */
function change(files: Files, handles: FileHandle[], draws: RandomState): void {
  const names = files.list().toSorted();
  const name = names[drawInteger(draws, 0, names.length - 1)] ?? 'first';
  const handle = handles[drawInteger(draws, 0, handles.length - 1)];
  switch (drawInteger(draws, 0, 9)) {
    case 0:
      if (!names.includes('new')) handles.push(files.open('new', 'create-new'));
      return;
    case 1:
      return files.rename(name, `file-${drawInteger(draws, 0, 2)}`);
    case 2:
      return names.length > 1 ? files.remove(name) : undefined;
    case 3:
      return files.syncFolder();
    case 4:
      return handle?.truncate(drawInteger(draws, 0, 5_000));
    case 5:
      return handle?.dataSync();
    case 6:
      if (names.includes(name)) handles.push(files.open(name, 'read-write'));
      return undefined;
    default: {
      const bytes = new Uint8Array(drawInteger(draws, 1, 1_500)).fill(drawInteger(draws, 1, 255));
      return handle?.write(bytes, drawInteger(draws, 0, 4_000));
    }
  }
}

/** In the order in which a folder in memory lists what `runUntilCut` begins with: draws go by it. */
function inOrder(files: Files): Files {
  return {
    list: () => files.list().toSorted(),
    open: (name, mode) => files.open(name, mode),
    rename: (from, to) => files.rename(from, to),
    remove: (name) => files.remove(name),
    syncFolder: () => files.syncFolder(),
    pathOf: (name) => files.pathOf(name),
  };
}

/** Changes until the power goes. */
function runUntilCut(files: Files, arm: () => void, seed: number): void {
  const draws = { random: seed };
  const handles: FileHandle[] = [];
  for (const [name, byte] of [
    ['first', 1],
    ['second', 2],
  ] as const) {
    create(files, name, byte);
    handles.push(files.open(name, 'read-write'));
  }
  arm();
  try {
    // A real file is looked at, and then drawn for, once it is changed.
    for (const handle of handles) handle.truncate(handle.size());
    for (;;) change(files, handles, draws);
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
  }
}

describe('a folder that loses its power', () => {
  it('holds, byte for byte, what the folder in memory holds after the same acts and draws', () => {
    let differed = 0;
    for (let seed = 1; seed <= 80; seed += 1) {
      rmSync(folder, { recursive: true });
      const acts = 2 + (seed % 30);
      const memory = new PowerCutFiles();
      runUntilCut(memory, () => memory.cutPowerAfter(acts), seed);
      const draws = { random: seed };
      const after = memory.afterPowerCut(() => drawUnit(draws));

      const files = new PowerFiles(inOrder(openFolder(folder)));
      const again = { random: seed };
      const lastActs: string[] = [];
      const loss = { acts, random: () => drawUnit(again), onGone: (act: string) => lastActs.push(act) };
      runUntilCut(files, () => files.arm(loss), seed);
      expect(onDisk(), `seed ${seed}`).toEqual(inMemory(after));
      expect(lastActs).toHaveLength(1);
      if (JSON.stringify(inMemory(after)) !== JSON.stringify(inMemory(memory.asWritten()))) differed += 1;
    }
    // Most of them had something to lose.
    expect(differed).toBeGreaterThan(40);
  });
});

describe('a log in a folder that loses its power', () => {
  it('keeps what a flush answered for, over many cuts; what was not flushed is kept, lost or torn', () => {
    const draws = { random: 4711 };
    let [acknowledged, kept, lost, torn] = [0, 0, 0, 0];
    for (let life = 0; life < 60; life += 1) {
      const files = new PowerFiles(openFolder(folder));
      const storage = openStorage(files);
      const { recovered } = storage;
      expect(recovered.lastIndex).toBeGreaterThanOrEqual(acknowledged);
      acknowledged = recovered.lastIndex;
      files.arm({ acts: drawInteger(draws, 0, 12), random: () => drawUnit(draws), onGone: () => {} });
      let index = acknowledged;
      const failures: FlushOutcome[] = [];
      while (failures.length === 0) {
        index += 1;
        const payload = new Uint8Array(drawInteger(draws, 0, 3_000)).fill(index % 256);
        storage.write({ entries: [{ index, term: 1, kind: 'client', payload }] });
        storage.flush((outcome) => {
          if (outcome.ok) acknowledged = index;
          else failures.push(outcome);
        });
      }
      const next = openStorage(openFolder(folder));
      if (next.recovered.lastIndex >= index) kept += 1;
      else lost += 1;
      if (next.recovered.repairs.length > 0) torn += 1;
      for (let at = 1; at <= acknowledged; at += 1) {
        const [entry] = next.readEntries(at, at, 10_000);
        expect(entry?.payload.every((byte) => byte === at % 256)).toBe(true);
      }
      next.close();
    }
    expect(Math.min(kept, lost, torn), `kept ${kept}, lost ${lost}, torn ${torn}`).toBeGreaterThan(5);
  });
});
