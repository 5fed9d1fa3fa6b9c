/**
 * What `raft-lab --help` prints.
 */
import { defaultBasePort, limits } from '../../../shared/cluster-config.ts';
import { defaultNodes } from '../lab-arguments.ts';
import { laterCommands } from './command-line.ts';

export const help = `Raft Lab: run a real Raft cluster and do things to it.

  raft-lab [options]          open the app: the desktop window where Electron is there, otherwise the browser
  raft-lab serve [options]    serve the app to a browser on this computer
  raft-lab sim [sim options]  run the simulator: seeds of a whole cluster under faults, checked after every step

Options
  --nodes N        how many nodes to start, ${limits.nodesMin} to ${limits.nodesMax} (default ${defaultNodes})
  --data DIR       where everything is kept (default $RAFT_LAB_DATA, or the system's place for application data)
  --base-port P    the first node's UDP port (default ${defaultBasePort}); where it is taken, the next free block is used
  --browser        open the browser, not the desktop window
  --port P         the browser's page is served on this port of 127.0.0.1 (default: any free one)
  --no-open        print the page's address and open nothing
  --version, -v    print the version
  --help, -h       print this

Options of sim
  --seeds A..B     which seeds, or one number (default 1..100)
  --nodes N        how many servers vote at the start (default: each seed draws it)
  --rule-off ID    with a rule of Raft off, until a seed shows what the rule prevents
  --shard I/N      the I-th of N parts of the seeds
  --seconds S      begin no seed after S seconds
  --events FILE    write everything that happens in the one seed, a JSON object a line
  --json           print JSON objects only, the totals last; exit code 0: no violation, 1: a violation

--port and --no-open are about the browser, and choose it. Ctrl-C stops the cluster cleanly; a second one at once.
Not in this version yet: ${laterCommands.join(', ')}.
`;

/** Printed below a message about a command line that can't be carried out. */
export const usageHint = 'Try: raft-lab --help';
