import { expect, it } from 'vitest';
import { checkDurability } from '../../../main/proof/durability-check.ts';
import type { TracedCall } from '../../../main/proof/traced-calls.ts';
import type { TracedPromise } from '../../../main/proof/traced-promise.ts';
import { openStorage } from '../../../main/disk/open-storage.ts';
import { PowerCutFiles } from '../../../main/faults/power-cut-files.ts';
import type { Files, StorageWrite } from '../../../main/ports.ts';
import { entriesFrom, wrapFiles, writeDurably } from '../disk/disk-fixture.ts';

/** What the storage itself asks of the files, and what is sent in between. */
class Tape {
  readonly calls: TracedCall[] = [];
  readonly #promises: TracedPromise[] = [];
  readonly files: Files = wrapFiles(new PowerCutFiles(), (handle, name) => ({
    ...handle,
    write: (bytes, offset) => {
      this.calls.push({ call: 'write', path: `/d/${name}`, offset, bytes: bytes.slice() });
      handle.write(bytes, offset);
    },
    dataSync: () => {
      this.calls.push({ call: 'sync', path: `/d/${name}`, ok: true });
      handle.dataSync();
    },
  }));

  send(promise: Partial<TracedPromise>): void {
    this.#promises.push({ kind: 'append-entries-reply', term: 1, matchIndex: 0, isVote: false, ...promise });
    this.calls.push({ call: 'send', bytes: Uint8Array.of(this.#promises.length - 1) });
  }

  readonly promiseIn = (bytes: Uint8Array): TracedPromise | undefined => this.#promises[bytes[0] ?? -1];
}

const change: StorageWrite = { hardState: { term: 1, votedFor: 2 }, entries: entriesFrom(1, 3) };

it('what leaves when it is on disk is counted', () => {
  const tape = new Tape();
  const storage = openStorage(tape.files);
  writeDurably(storage, change);
  tape.send({ matchIndex: 3 });
  tape.send({ kind: 'request-vote-reply', isVote: true });
  expect(checkDurability(tape.calls, tape.promiseIn)).toMatchObject({ acknowledgements: 1, votes: 1, problems: [] });
});

it('what leaves before the fdatasync that covers it is found', () => {
  const tape = new Tape();
  const storage = openStorage(tape.files);
  writeDurably(storage, { hardState: { term: 1, votedFor: null } });
  tape.send({ kind: 'request-vote-reply', isVote: true });
  tape.send({ term: 2 });
  writeDurably(storage, change);
  // Between the write and its flush.
  const flushed = tape.calls.pop();
  tape.send({ matchIndex: 3 });
  if (flushed) tape.calls.push(flushed);
  writeDurably(storage, { truncateFrom: 2 });
  tape.send({ matchIndex: 2 });
  expect(checkDurability(tape.calls, tape.promiseIn).problems).toEqual([
    expect.stringMatching(/^a vote in term 1 left that was not on disk, after \d+ flushes$/),
    expect.stringMatching(/^append-entries-reply of term 2 left while term 1 was on disk/),
    expect.stringMatching(/^append-entries-reply up to 3 left while entries up to 0 were on disk/),
    expect.stringMatching(/^append-entries-reply up to 2 left while entries up to 1 were on disk/),
  ]);
});
