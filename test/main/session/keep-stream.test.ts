/** A stream, kept by the built thread. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepStream, type KeepOptions, type KeptStream, type StreamSource } from '../../../main/session/keep-stream.ts';
import { openFile } from '../../../main/session/open-file.ts';
import { spawnStoreFrom } from '../../../main/session/store-thread.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { builtFile } from '../../support/built-file.ts';
import { TestFolder, told, viewBehind, wholeStory } from '../../support/kept-stream.ts';
import { RealLab, valueOf } from '../../support/real-lab.ts';

const settings: KeepOptions = {
  folder: null,
  version: '1',
  world: 'real',
  spawn: spawnStoreFrom(builtFile('session-worker.mjs')),
};

let kept: KeptStream;

describe('of a real lab', () => {
  let real: RealLab;

  beforeEach(async () => {
    real = new RealLab();
    kept = keepStream(real.lab, { ...settings, folder: join(real.folder, 'sessions') });
    valueOf(await real.lab.execute({ type: 'start-cluster', nodes: 3 }));
    await real.leader();
  });

  afterEach(async () => {
    await real.close();
    await kept.close();
  });

  it('answers what the stream told', async () => {
    valueOf(await real.lab.execute({ type: 'append', node: 0, entries: ['x'] }));
    const { position } = real.lab;
    const told = real.events.slice(0, position);
    const bounds = valueOf(await kept.query({ type: 'bounds' }));
    expect(bounds).toMatchObject({ session: real.lab.snapshot().session, firstPosition: 0 });
    expect(bounds.endPosition).toBeGreaterThanOrEqual(position);
    const listed = valueOf(await kept.query({ type: 'events', from: 0, to: position, limit: 20_000 }));
    expect(listed).toEqual({ positions: told.map((_, i) => i), events: told, next: position });
    const half = Math.floor(position / 2);
    expect(valueOf(await kept.query({ type: 'view-at', at: { position: half } }))).toEqual({
      view: viewBehind(told, half),
      position: half,
      timeNs: told[half - 1]?.timeNs,
    });
  });

  it('records it, without being asked, into a file of its own', async () => {
    const folder = join(real.folder, 'sessions');
    const name = /^\d{4}-\d\d-\d\dT\d{6}Z-\w{8}\.raftlab$/;
    await expect.poll(() => readdirSync(folder)).toEqual([expect.stringMatching(name)]);
    const [file = ''] = readdirSync(folder);
    await real.lab.close();
    const { position } = real.lab;
    await kept.close();
    const opened = valueOf(openFile(join(folder, file)));
    expect(opened).toMatchObject({ header: { world: 'real', version: '1' }, problems: [] });
    const all = told(opened.content, { type: 'events', from: 0, limit: 20_000 });
    expect(all.events).toEqual(real.events.slice(0, position));
    opened.close();
  });
});

describe('of a hand that tells it', () => {
  const events = wholeStory();

  /** A stream that has told some events before anybody listens. */
  class ToldStream implements StreamSource {
    position: number;
    #handler: (told: readonly LabEvent[]) => void = () => {};

    constructor(position = 0) {
      this.position = position;
    }

    subscribe(handler: (told: readonly LabEvent[]) => void): () => void {
      this.#handler = handler;
      return () => {
        this.#handler = () => {};
      };
    }

    snapshot() {
      return { session: 's', nowNs: 0, position: this.position, view: viewBehind(events, this.position) };
    }

    tellTo(position: number): void {
      const told = events.slice(this.position, position);
      this.position = position;
      this.#handler(told);
    }
  }

  afterEach(() => kept.close());

  it('begins in the middle', async () => {
    const source = new ToldStream(300);
    kept = keepStream(source, settings);
    source.tellTo(400);
    expect(valueOf(await kept.query({ type: 'bounds' }))).toMatchObject({ firstPosition: 300, endPosition: 400 });
    const at = { position: 350 };
    expect(valueOf(await kept.query({ type: 'view-at', at })).view).toEqual(viewBehind(events, 350));
  });

  it('says what is missing when the thread could not keep up', async () => {
    const source = new ToldStream();
    kept = keepStream(source, { ...settings, queueBytesMax: 1_000 });
    source.tellTo(100);
    // The thread has taken nothing in yet: nobody has let it say so.
    const answer = kept.query({ type: 'bounds' });
    source.tellTo(200);
    void kept.query({ type: 'bounds' });
    expect(valueOf(await answer)).toMatchObject({ endPosition: 100 });
    source.tellTo(300);
    await kept.query({ type: 'bounds' });
    source.tellTo(400);
    const bounds = valueOf(await kept.query({ type: 'bounds' }));
    expect(bounds).toMatchObject({ endPosition: 400, gaps: [{ from: 100, to: 300 }] });
    const at = { position: 400 };
    expect(valueOf(await kept.query({ type: 'view-at', at })).view).toEqual(viewBehind(events, 400));
  });

  it('leaves nothing behind where nothing happened', async () => {
    const folder = new TestFolder();
    kept = keepStream(new ToldStream(), { ...settings, folder: folder.file('sessions') });
    await kept.close();
    expect(readdirSync(folder.path)).toEqual([]);
    folder.remove();
  });
});
