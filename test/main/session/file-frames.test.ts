/** A session file on disk. */
import { readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FileFrames } from '../../../main/session/file-frames.ts';
import { encodeFrame, frameTypes } from '../../../main/session/frame.ts';
import { preambleBytes, readPreamble } from '../../../main/session/preamble.ts';
import { walkFrames } from '../../../main/session/walk-frames.ts';
import { TestFolder } from '../../support/kept-stream.ts';

let folder: TestFolder;

beforeEach(() => {
  folder = new TestFolder();
});

afterEach(() => folder.remove());

it('is read while it is written, and afterwards', () => {
  const written = FileFrames.create(folder.file(), 99);
  const offset = written.append(encodeFrame(frameTypes.events, [0, ['first']]));
  written.append(encodeFrame(frameTypes.events, [1, ['second']]));
  const values = (frames: FileFrames): unknown[] =>
    [...walkFrames(frames, offset, frames.end)].map((frame) => ('read' in frame ? frame.read() : frame));
  expect(values(written)).toEqual([
    [0, ['first']],
    [1, ['second']],
  ]);
  written.flush();
  written.close();
  written.close();
  expect(readPreamble(readFileSync(folder.file()))).toMatchObject({ seed: 99 });
  const read = FileFrames.open(folder.file());
  expect(read).toMatchObject({ seed: 99, end: statSync(folder.file()).size });
  expect(values(read)).toHaveLength(2);
  read.close();
});

it('reads no further than there is', () => {
  const frames = FileFrames.create(folder.file(), 1);
  expect(frames.read(4, 1_000)).toHaveLength(preambleBytes - 4);
  expect(frames.read(1_000, 4)).toHaveLength(0);
  frames.close();
});

it('does not overwrite another file', () => {
  FileFrames.create(folder.file(), 1).close();
  expect(() => FileFrames.create(folder.file(), 1)).toThrow(/EEXIST/);
});
