/**
 * `raft-lab node`: one server in this process, without a page, until a signal stops it.
 */
import { formatAddress } from '../../../shared/address.ts';
import { runNode, StartError, type NodeSink, type RunningNode } from '../../node/run-node.ts';
import type { NodeArguments } from './node-arguments.ts';
import { NodeLog } from './node-log.ts';
import { readKey } from './read-address.ts';
import { onStopSignal } from './stop-signal.ts';

/**
 * @returns the exit code: 0 stopped as asked, 1 the node gave up, 2 it could not start
 * @throws UsageError for a key file that holds no key
 */
export async function serveNode(args: NodeArguments): Promise<number> {
  const clockOriginNs = process.hrtime.bigint();
  const log = openLog(args, clockOriginNs);
  let end: (exitCode: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  onStopSignal(() => end(0));
  const sink: NodeSink = {
    wants: ({ type }) => log.mayWant(type),
    events: (events) => log.take(events),
    answer: () => {},
    failed: (_code, reason) => {
      log.say('error', reason);
      end(1);
    },
  };
  const node = await start(args, clockOriginNs, sink, log);
  if (node === undefined) return 2;
  process.stdout.write(
    `Node ${args.id} listens at ${formatAddress(node.address)} and keeps its log in ${args.folder}. Ctrl-C stops it.\n`,
  );
  const exitCode = await ended;
  if (exitCode === 0) node.stop();
  return exitCode;
}

function openLog({ id, log, logFormat }: NodeArguments, clockOriginNs: bigint): NodeLog {
  return new NodeLog({
    node: id,
    directives: log,
    format: logFormat,
    stream: process.stderr,
    nowNs: () => Number(process.hrtime.bigint() - clockOriginNs),
    wallMs: () => Date.now(),
  });
}

/** @returns undefined when it can't start; then that was said */
async function start(
  { id, members, folder, keyFile, timings }: NodeArguments,
  clockOriginNs: bigint,
  sink: NodeSink,
  log: NodeLog,
): Promise<RunningNode | undefined> {
  const seed = Math.floor(Math.random() * 2 ** 32) | 0;
  const cluster = { members, timings, ...readKey(keyFile) };
  try {
    return await runNode({ id, folder, seed, clockOriginNs, faultRules: [], ...cluster }, sink);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    log.say('error', error.message);
    return undefined;
  }
}
