/**
 * `raft-lab`: the entry point. Everything else is in run.ts, so that it can be imported without being run.
 */
import { runCommandLine } from './run.ts';

// Whoever read what is printed and went away (`raft-lab serve | head`) is no reason to end the lab or a node.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

process.exit(await runCommandLine(process.argv.slice(2), process.env));
