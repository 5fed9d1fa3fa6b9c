/**
 * What `raft-lab --help` and `raft-lab COMMAND --help` print.
 */
import { defaultBasePort, limits, paperTimings } from '../../../shared/cluster-config.ts';
import { nodeIdMax } from '../../../shared/ids.ts';
import { logLevels, logTargets } from '../../../shared/projection/log-line.ts';
import { defaultNodes } from '../lab-arguments.ts';
import { laterCommands, ownCommands, type HelpTopic } from './command-line.ts';

const { electionTimeoutMinMs, electionTimeoutMaxMs, heartbeatIntervalMs } = paperTimings;

const nodeHelp = `raft-lab node --id I --listen HOST:PORT --data DIR --peers ID=HOST:PORT,… [options]
  One server in this process, without a page. Ctrl-C or kill closes it cleanly; a second one ends it at once.

  --id I             its number in the cluster, 0 to ${nodeIdMax}
  --listen ADDRESS   where it listens (UDP): a literal IPv4 or IPv6 address, 127.0.0.1:11110 or [::1]:11110
  --data DIR         the folder that keeps its log; made when it is missing, taken up again when not
  --peers LIST       the other nodes, like 1=10.0.0.2:11110,2=10.0.0.3:11110; the node itself may stand among them
  --key FILE         the cluster's key (raft-lab key); may be left out where every address is of this machine
  --timings A..B,H   election timeout from..to and heartbeat, in ms (default ${electionTimeoutMinMs}..${electionTimeoutMaxMs},${heartbeatIntervalMs})
  --log DIRECTIVES   what is logged on standard error: a level, levels of targets, or both, like warn,raft=debug
                     (default $RAFT_LAB_LOG, or info)
                     levels: ${logLevels.join(', ')}, off
                     targets: ${logTargets.join(', ')}
  --log-format F     text (default), or json: one object a line
  Exit code 0: stopped as asked, 1: it gave up (its disk failed, say), 2: it could not start.
`;

const clientHelp = `  --to LIST          a node, or several, HOST:PORT,HOST:PORT; any node will do, whoever leads
  --key FILE         the cluster's key; may be left out for nodes of this machine that were given none
  --timeout S        seconds until it is given up (default ${limits.requestTimeoutMs / 1_000})
  --json             print JSON objects only, one a line
`;

const appendHelp = `raft-lab append --to HOST:PORT[,…] [options] [TEXT… | -]
  Appends the texts as one append, which takes effect as a whole or not at all. Done is: on the disks of a majority.
  Without texts each line of standard input is an entry; lines that arrive together are appended together.

${clientHelp}  --expect I:T       only if the last client entry has index I and term T (0:0: there is none)
  Exit code 0: done, 1: not done, or the outcome is not known (the message says which), 2: unusable as written.
`;

const rangeHelp = `raft-lab range --to HOST:PORT[,…] [options] START END
  Prints the entries from START to END, both included: index, term and text. Asking for more than there is prints
  what there is.

${clientHelp}  --read MODE        linearizable (default), lease, or local (what the asked node has; may be stale)
  Exit code 0: done, 1: not done, 2: unusable as written.
`;

const keyHelp = `raft-lab key [FILE]
  Makes the key of a new cluster: into FILE, which only you can read and which must not exist yet, or to standard
  output.
`;

const runHelp = `raft-lab run FILE… [options]
  Runs scenarios and says whether they went as they expect to go. A scenario is a YAML file: what is done to a
  cluster, and what must, and must not, come of it.

  --real             on real servers: threads, UDP and disk, in a folder that is made for it (default)
  --sim              on simulated servers in virtual time: a minute takes about a second; a seed repeats it exactly
  --seed S           everything that is drawn comes from it (default: the scenario's own, or 1)
  --times N          each so many times; the seed counts up
  --variant NAME     only this variant of it
  --keep             with --real: leave the folders
  --verbose          tell the steps and what happens, on standard error, and every expectation
  --json             print JSON objects only, one a run, the totals last
  Exit code 0: everything as expected, 1: not, or it could not be judged, 2: unusable as written.
`;

const simHelp = `raft-lab sim [options]
  Runs the simulator: seeds of a whole cluster under faults, checked after every step.

  --seeds A..B       which seeds, or one number (default 1..100)
  --nodes N          how many servers vote at the start (default: each seed draws it)
  --rule-off ID      with a rule of Raft off, until a seed shows what the rule prevents
  --shard I/N        the I-th of N parts of the seeds
  --seconds S        begin no seed after S seconds
  --events FILE      write everything that happens in the one seed, a JSON object a line
  --json             print JSON objects only, the totals last
  Exit code 0: no violation, 1: a violation, 2: unusable as written.
`;

const benchHelp = `raft-lab bench [options]
  Measures a real cluster on this machine: commits per second and latency, each node syncing its disk first.

  --nodes N          servers (default 3)
  --outstanding L    requests under way at any time, a level after the other (default 1,64,1024)
  --payload B        bytes of an entry (default 64)
  --seconds S        measured seconds of each level (default 5), after --warm S (default 3)
  --client WHERE     outside (default): over the authenticated wire; inside: in the leader's own thread
  --data DIR         make the folders in DIR, on the disk that is to be measured (default: here); they are removed again
  --growth           instead: more servers, larger payloads, a long log (--entries N, default 1000000), an idle cluster
  --json             print JSON objects only, one a line
  Exit code 0: done, 1: requests failed, 2: unusable as written, or no cluster came up.
`;

const helpOf: Readonly<Record<HelpTopic, string>> = {
  node: nodeHelp,
  append: appendHelp,
  range: rangeHelp,
  key: keyHelp,
  run: runHelp,
  sim: simHelp,
  bench: benchHelp,
};

export const help = `Raft Lab: run a real Raft cluster and do things to it.

  raft-lab [options]          open the app: the desktop window where Electron is there, otherwise the browser
  raft-lab serve [options]    serve the app to a browser on this computer
  raft-lab node …             run one node of a cluster, without a display
  raft-lab append …           append entries to a cluster's log
  raft-lab range …            read a cluster's log
  raft-lab key [FILE]         make a key for a new cluster
  raft-lab run FILE…          run scenarios on real or simulated servers, and say whether they went as expected
  raft-lab sim …              run the simulator: seeds of a whole cluster under faults, checked after every step
  raft-lab bench …            measure a cluster on this machine and this disk

Options
  --nodes N        how many nodes to start, ${limits.nodesMin} to ${limits.nodesMax} (default ${defaultNodes})
  --data DIR       where everything is kept (default $RAFT_LAB_DATA, or the system's place for application data)
  --base-port P    the first node's UDP port (default ${defaultBasePort}); where it is taken, the next free block is used
  --world W        real (default), or simulated: the cluster runs in virtual time, which the page can hold and step
  --seed S         what is drawn comes from it; a simulated cluster is the same for the same seed
  --browser        open the browser, not the desktop window
  --port P         the browser's page is served on this port of 127.0.0.1 (default: any free one)
  --no-open        print the page's address and open nothing
  --version, -v    print the version
  --help, -h       print this; after ${ownCommands.join(', ')}: what belongs to that command

--port and --no-open are about the browser, and choose it. Ctrl-C stops the cluster cleanly; a second one at once.
Not in this version yet: ${laterCommands.join(', ')}.
`;

export function helpAbout(command: HelpTopic): string {
  return helpOf[command];
}

/** Printed below a message about a command line that can't be carried out. */
export const usageHint = 'Try: raft-lab --help';
