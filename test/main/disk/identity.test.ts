import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { identityAsideName, identityName, readIdentity, writeIdentity } from '../../../main/disk/identity.ts';
import { openFolder } from '../../../main/disk/node-files.ts';
import { encodePreamble, formatVersion } from '../../../main/disk/preamble.ts';
import { storageErrorOf, temporaryFolder } from './disk-fixture.ts';

const identity = { storageId: '11111111-2222-4333-8444-555555555555', boot: 7 };

describe('the identity file', () => {
  it('is not there at first, then says what was written last', () => {
    const files = openFolder(temporaryFolder());
    expect(readIdentity(files)).toBeUndefined();
    writeIdentity(files, identity);
    writeIdentity(files, { ...identity, boot: 8 });
    expect(readIdentity(files)).toEqual({ ...identity, boot: 8 });
  });

  it('is replaced over the leftover of an interrupted start', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, identityAsideName), 'half of a');
    writeIdentity(openFolder(folder), identity);
    expect(readIdentity(openFolder(folder))).toEqual(identity);
    expect(existsSync(join(folder, identityAsideName))).toBe(false);
  });

  it('is refused with any byte changed or missing', { timeout: 30_000 }, () => {
    const folder = temporaryFolder();
    const path = join(folder, identityName);
    writeIdentity(openFolder(folder), identity);
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at += 1) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(whole.readUInt8(at) ^ 1, at);
      for (const bytes of [changed, whole.subarray(0, at)]) {
        writeFileSync(path, bytes);
        const error = storageErrorOf(() => readIdentity(openFolder(folder)));
        expect(error.code).toBe('damaged');
        expect(error.file).toBe(path);
      }
    }
  });

  it('of a newer version is called that', () => {
    const folder = temporaryFolder();
    writeIdentity(openFolder(folder), identity);
    const bytes = readFileSync(join(folder, identityName));
    encodePreamble(bytes, 'identity', formatVersion + 1);
    writeFileSync(join(folder, identityName), bytes);
    expect(storageErrorOf(() => readIdentity(openFolder(folder))).message).toContain('newer version');
  });
});
