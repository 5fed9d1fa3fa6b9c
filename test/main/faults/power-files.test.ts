/** The power of a real folder: what is in it afterwards. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFolder } from '../../../main/disk/node-files.ts';
import { PowerCut } from '../../../main/faults/power-cut-files.ts';
import { PowerFiles } from '../../../main/faults/power-files.ts';
import { drawUnit } from '../../../shared/random.ts';
import { temporaryFolder } from '../disk/disk-fixture.ts';

interface Powered {
  readonly files: PowerFiles;
  readonly lastActs: string[];
  readonly arm: (acts: number, random?: () => number) => void;
  readonly contents: () => Record<string, string>;
}

function powered(): Powered {
  const folder = temporaryFolder();
  const files = new PowerFiles(openFolder(folder));
  const lastActs: string[] = [];
  return {
    files,
    lastActs,
    // Nothing is left of what was not flushed.
    arm: (acts, random = () => 0) => files.arm({ acts, random, onGone: (lastAct) => lastActs.push(lastAct) }),
    contents: () =>
      Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
  };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a folder whose power can go', () => {
  it('is the folder itself until then', () => {
    const { files, contents } = powered();
    const file = files.open('a', 'create-new');
    file.write(bytes('some'), 0);
    file.dataSync();
    file.truncate(3);
    const back = new Uint8Array(9);
    expect([file.size(), file.read(back, 1), String.fromCharCode(...back.subarray(0, 2))]).toEqual([3, 2, 'om']);
    file.close();
    files.rename('a', 'b');
    files.syncFolder();
    files.cutNow();
    expect([files.list(), contents()]).toEqual([['b'], { b: 'som' }]);
    files.remove('b');
    expect(contents()).toEqual({});
  });

  it('loses what was written and not flushed, and takes nothing any more', () => {
    const { files, lastActs, arm, contents } = powered();
    const log = files.open('log', 'create-new');
    log.write(bytes('flushed'), 0);
    arm(3);
    log.write(bytes('F'), 0);
    log.dataSync();
    log.write(bytes('LUSHED and more'), 1);
    // A process that is killed now finds all of it.
    expect(contents()).toEqual({ log: 'FLUSHED and more' });
    expect(() => log.dataSync()).toThrow(PowerCut);
    expect(contents()).toEqual({ log: 'Flushed' });
    expect(lastActs).toEqual(['before a flush of log']);
    expect(() => files.open('other', 'create-new')).toThrow(PowerCut);
    expect(() => log.write(bytes('late'), 0)).toThrow(PowerCut);
    files.cutNow();
    expect([contents(), lastActs.length]).toEqual([{ log: 'Flushed' }, 1]);
  });

  it('takes names back that were not flushed, with what they stood for', () => {
    const { files, lastActs, arm, contents } = powered();
    for (const name of ['old', 'away']) {
      const file = files.open(name, 'create-new');
      file.write(bytes(name), 0);
      file.close();
    }
    const held = files.open('old', 'read-write');
    arm(99);
    const made = files.open('made', 'create-new');
    made.write(bytes('made'), 0);
    made.dataSync();
    files.rename('made', 'old');
    held.write(bytes('of no name'), 0);
    made.write(bytes('MADE'), 0);
    files.remove('away');
    expect(contents()).toEqual({ old: 'MADE' });
    files.cutNow();
    expect(contents()).toEqual({ old: 'old', away: 'away' });
    expect(lastActs).toEqual(['while nothing was written']);
  });

  it('keeps names that were flushed', () => {
    const { files, arm, contents } = powered();
    arm(3);
    const made = files.open('made', 'create-new');
    made.write(bytes('made'), 0);
    files.syncFolder();
    expect(() => files.rename('made', 'other')).toThrow(PowerCut);
    expect(contents()).toEqual({ made: '' });
  });

  it('is left with any mix of the sectors', () => {
    const left = new Set<string>();
    for (let seed = 1; seed <= 40; seed += 1) {
      const { files, arm, contents } = powered();
      const log = files.open('log', 'create-new');
      log.write(bytes('o'.repeat(1_536)), 0);
      log.dataSync();
      const state = { random: seed };
      arm(1, () => drawUnit(state));
      log.write(bytes('n'.repeat(1_536)), 0);
      expect(() => log.dataSync()).toThrow(PowerCut);
      const text = contents()['log'] ?? '';
      expect(text).toHaveLength(1_536);
      const sectors = [0, 512, 1_024].map((at) => text.slice(at, at + 512));
      expect(sectors.every((sector) => sector === 'o'.repeat(512) || sector === 'n'.repeat(512))).toBe(true);
      left.add(sectors.map((sector) => sector[0]).join(''));
    }
    expect([...left]).toEqual(expect.arrayContaining(['ooo', 'nnn']));
    expect(left.size).toBeGreaterThan(4);
  });
});
