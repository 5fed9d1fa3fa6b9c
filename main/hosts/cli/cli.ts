/**
 * `raft-lab`: the entry point. Everything else is in run.ts, so that it can be imported without being run.
 */
import { runCommandLine } from './run.ts';

process.exit(await runCommandLine(process.argv.slice(2), process.env));
