/** What a name of a folder stands for: a file in memory, or one of a folder below that is read when it is needed. */
import { DirtyFile } from './dirty-file.ts';

export class FileSlot {
  readonly #load: () => DirtyFile;
  #file: DirtyFile | undefined;

  private constructor(load: () => DirtyFile, file?: DirtyFile) {
    this.#load = load;
    this.#file = file;
  }

  /** @param bytes durable */
  static of(bytes?: Uint8Array): FileSlot {
    const file = new DirtyFile(bytes);
    return new FileSlot(() => file, file);
  }

  /** @param contents reads what the file holds; durable */
  static below(contents: () => Uint8Array): FileSlot {
    return new FileSlot(() => new DirtyFile(contents()));
  }

  get isRead(): boolean {
    return this.#file !== undefined;
  }

  /** Before the file below changes or loses its name. */
  read(): void {
    this.#file ??= this.#load();
  }

  get file(): DirtyFile {
    this.#file ??= this.#load();
    return this.#file;
  }
}
