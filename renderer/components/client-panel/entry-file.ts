/** A file whose lines are to be appended. */
import { text } from '../../text/client-panel.ts';

export interface EntryFile {
  readonly name: string;
  readonly text: string;
}

/** More would hold the page up, and the log with it. */
export const entryFileBytesMax = 64 * 1024 * 1024;

/** Reads a file as UTF-8 text; a string says why not. */
export async function readEntryFile(file: File): Promise<EntryFile | string> {
  if (file.size > entryFileBytesMax) return text.fileTooLarge(file.name, file.size, entryFileBytesMax);
  try {
    return { name: file.name, text: await file.text() };
  } catch (error) {
    return text.fileUnreadable(file.name, error instanceof Error ? error.message : String(error));
  }
}
