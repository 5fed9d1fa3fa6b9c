/**
 * A real folder whose power can go. Until `arm` it hands everything through. From then on a shadow in memory remembers what
 * each act that is not flushed yet replaced; when the power goes, the folder is made to hold what a disk would: of what was not
 * flushed, any mix of sectors, lengths and names. Everything is written through all the while, so a process that is
 * killed meanwhile loses nothing.
 */
import type { FileHandle, Files } from '../ports.ts';
import { PowerCut, PowerCutFiles } from './power-cut-files.ts';
import { restoreFolder } from './restore-folder.ts';

type OpenMode = 'read' | 'read-write' | 'create-new';

/** A file that was opened, under the name that it has now; undefined when it has none any more. */
interface OpenFile {
  name: string | undefined;
  /** In the shadow, once it is written to. */
  shadow?: FileHandle | undefined;
}

export interface PowerLoss {
  /** Acts on the disk that still succeed: the power goes just before the one behind them. */
  readonly acts: number;
  /** Numbers from 0 to below 1: what is left of what was not flushed. */
  readonly random: () => number;
  /** The folder is as it will be found. Whoever uses it must end without a further act: what it calls throws `PowerCut`. */
  readonly onGone: (lastAct: string) => void;
}

export class PowerFiles implements Files {
  readonly #inner: Files;
  readonly #files = new Map<string, OpenFile>();
  readonly #handles = new Set<FileHandle>();
  #shadow: PowerCutFiles | undefined;
  #loss: PowerLoss | undefined;
  #isGone = false;

  constructor(inner: Files) {
    this.#inner = inner;
  }

  /** The power is about to go. Once; what was written until now counts as flushed. */
  arm(loss: PowerLoss): void {
    if (this.#loss) return;
    this.#loss = loss;
    this.#shadow = PowerCutFiles.over(this.#inner);
    this.#shadow.cutPowerAfter(loss.acts);
  }

  /** The power goes at once, when it was about to. */
  cutNow(): void {
    this.#lose('while nothing was written');
  }

  list(): string[] {
    return this.#inner.list();
  }

  open(name: string, mode: OpenMode): FileHandle {
    let made: FileHandle | undefined;
    if (mode === 'create-new') {
      this.#act(
        () => `the creation of ${name}`,
        (shadow) => {
          made = shadow.open(name, mode);
        },
      );
    }
    const handle = this.#inner.open(name, mode);
    const file = this.#files.get(name) ?? { name, shadow: made };
    this.#files.set(name, file);
    return this.#wrap(handle, file);
  }

  rename(from: string, to: string): void {
    this.#act(
      () => `the renaming of ${from} to ${to}`,
      (shadow) => shadow.rename(from, to),
    );
    this.#inner.rename(from, to);
    const [file, replaced] = [this.#files.get(from), this.#files.get(to)];
    if (replaced) replaced.name = undefined;
    this.#files.delete(from);
    this.#files.delete(to);
    if (!file) return;
    file.name = to;
    this.#files.set(to, file);
  }

  remove(name: string): void {
    this.#act(
      () => `the removal of ${name}`,
      (shadow) => shadow.remove(name),
    );
    this.#inner.remove(name);
    const file = this.#files.get(name);
    if (file) file.name = undefined;
    this.#files.delete(name);
  }

  syncFolder(): void {
    this.#act(
      () => 'a flush of the folder',
      (shadow) => shadow.syncFolder(),
    );
    this.#inner.syncFolder();
  }

  pathOf(name: string): string {
    return this.#inner.pathOf(name);
  }

  #wrap(handle: FileHandle, file: OpenFile): FileHandle {
    this.#handles.add(handle);
    return {
      read: (buffer, position) => handle.read(buffer, position),
      write: (bytes, position) => {
        if (this.#shadow) this.#change('a write to', file, (shadow) => shadow.write(bytes, position));
        handle.write(bytes, position);
      },
      truncate: (length) => {
        if (this.#shadow) this.#change('a change of the length of', file, (shadow) => shadow.truncate(length));
        handle.truncate(length);
      },
      dataSync: () => {
        if (this.#shadow) this.#change('a flush of', file, (shadow) => shadow.dataSync());
        handle.dataSync();
      },
      size: () => handle.size(),
      close: () => {
        this.#handles.delete(handle);
        handle.close();
      },
    };
  }

  /** What happens to a file that has no name any more is lost with it. */
  #change(what: string, file: OpenFile, act: (shadow: FileHandle) => void): void {
    const { name } = file;
    this.#act(
      () => `${what} ${name ?? 'a removed file'}`,
      (shadow) => {
        if (name !== undefined) file.shadow ??= shadow.open(name, 'read-write');
        if (file.shadow) act(file.shadow);
      },
    );
  }

  #act(describe: () => string, act: (shadow: PowerCutFiles) => void): void {
    if (!this.#shadow) return;
    try {
      act(this.#shadow);
    } catch (error) {
      if (error instanceof PowerCut) this.#lose(`before ${describe()}`);
      throw error;
    }
  }

  #lose(lastAct: string): void {
    if (!this.#loss || !this.#shadow || this.#isGone) return;
    this.#isGone = true;
    this.#shadow.cutPowerAfter(0);
    for (const handle of this.#handles) handle.close();
    this.#handles.clear();
    restoreFolder(this.#inner, this.#shadow.afterPowerCut(this.#loss.random));
    this.#loss.onGone(lastAct);
  }
}
