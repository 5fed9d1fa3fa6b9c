/** Where the frames of a stream go. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { encodeFrame, frameTypes } from '../../../main/session/frame.ts';
import { LandmarkBook } from '../../../main/session/landmark-book.ts';
import { openFile } from '../../../main/session/open-file.ts';
import { messageOf } from '../../../main/session/recording.ts';
import { makeRecording, TestFolder, testHeader } from '../../support/kept-stream.ts';
import { valueOf } from '../../support/real-lab.ts';

let folder: TestFolder;

beforeEach(() => {
  folder = new TestFolder();
});

afterEach(() => folder.remove());

const nothing = { chunks: [], landmarks: new LandmarkBook(1) };

it('is made with its folder at the first frame, and is a file of its own', () => {
  const file = join(folder.path, 'sessions', 'a.raftlab');
  const recording = makeRecording({ file });
  expect(recording.bounds).toBeNull();
  expect(existsSync(file)).toBe(false);
  recording.frames.append(encodeFrame(frameTypes.events, [0, []]));
  expect(recording.bounds).toMatchObject({ file, bytes: recording.frames.end, bytesMax: 1e9 });
  recording.close(nothing);
  recording.close(nothing);
  expect(valueOf(openFile(file))).toMatchObject({ header: testHeader, problems: [] });
});

it('is full a little before its limit: there is room for the index', () => {
  const recording = makeRecording({ file: folder.file(), bytesMax: 6_400 });
  expect(recording.isFull).toBe(false);
  while (recording.frames.end < 6_300) recording.frames.append(encodeFrame(frameTypes.events, [0, []]));
  expect(recording.isFull).toBe(true);
  recording.stop('The recording has reached its limit.');
  recording.stop('Another reason.');
  expect(recording.frames).toBe(recording.memory);
  expect(recording.bounds).toMatchObject({ stopped: 'The recording has reached its limit.' });
  recording.close(nothing);
});

it('goes to memory where nothing is wanted, or nothing can be written', () => {
  const unwanted = makeRecording();
  expect(unwanted.frames).toBe(unwanted.memory);
  expect(unwanted.bounds).toBeNull();
  unwanted.close(nothing);
  mkdirSync(folder.file());
  const impossible = makeRecording({ file: folder.file() });
  expect(impossible.frames).toBe(impossible.memory);
  expect(impossible.stopped).toMatch(/^The session can't be recorded: EEXIST/);
});

it('says why in words', () => {
  expect(messageOf(new Error('no'))).toBe('no');
  expect(messageOf('no')).toBe('no');
});
