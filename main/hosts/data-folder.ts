/**
 * Where the app keeps everything: one folder for all doors, so that the same cluster is there whichever one is opened.
 */
import { resolve } from 'node:path';
import envPaths from 'env-paths';

/** `--data` goes before `RAFT_LAB_DATA`, which goes before the system's usual place for an application's data. Absolute. */
export function dataFolder(option: string | undefined, environment: NodeJS.ProcessEnv): string {
  const chosen = option ?? environment['RAFT_LAB_DATA'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  return envPaths('raft-lab', { suffix: '' }).data;
}
