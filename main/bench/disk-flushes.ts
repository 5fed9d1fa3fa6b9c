/** How often the disk under a folder was told to flush: shows whether "durable" is real. Linux only. */
import { readFileSync, statSync } from 'node:fs';

/** The fields of a line of /proc/diskstats (Documentation/admin-guide/iostats.rst): major, minor, name, then counters. */
const flushField = 18;

/** Completed flush requests of the disk under `folder` since the machine started; undefined where that is not told. */
export function diskFlushes(folder: string): number | undefined {
  try {
    const { dev } = statSync(folder);
    // As glibc's makedev packs it, for numbers as small as disks have.
    const [major, minor] = [(dev >>> 8) & 0xfff, (dev & 0xff) | ((dev >>> 12) & 0xfff00)];
    const lines = readFileSync('/proc/diskstats', 'utf8').split('\n');
    const fields = lines.map((line) => line.trim().split(/\s+/));
    const own = fields.find(([lineMajor, lineMinor]) => Number(lineMajor) === major && Number(lineMinor) === minor);
    const flushes = Number(own?.[flushField]);
    return Number.isFinite(flushes) ? flushes : undefined;
  } catch {
    return undefined;
  }
}
