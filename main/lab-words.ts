/**
 * What a lab says when it does not do what it is asked: the real one and the simulated one say the same.
 */
import type { Command } from '../shared/command.ts';
import type { NodeId } from '../shared/ids.ts';
import type { Failure } from '../shared/result.ts';

export const noCluster: Failure = { code: 'not-running', message: 'No cluster is running. Start one first.' };
export const nothingToStop: Failure = { code: 'not-running', message: 'No cluster is running.' };

/** Of commands to time itself. */
export const timeIsReal: Failure = {
  code: 'invalid',
  message: 'This cluster runs in real time, which can not be held or sped up. Start a simulated one for that.',
};

/** Of commands to recorded sessions, which whoever opens worlds carries out. */
export const noSessions: Failure = { code: 'invalid', message: 'This lab has no folder of recorded sessions.' };

/** @param known the nodes that there are, at least one */
export function unknownNode(id: NodeId, known: readonly NodeId[]): Failure {
  return { code: 'invalid', message: `There is no node ${id} in this cluster; it has ${listNodes(known)}.` };
}

/** `only node 0`, `nodes 0, 1 and 2`. */
function listNodes(ids: readonly NodeId[]): string {
  const last = ids.at(-1);
  return ids.length === 1 ? `only node ${last}` : `nodes ${ids.slice(0, -1).join(', ')} and ${last}`;
}

export function noLinkToItself(id: NodeId): Failure {
  return { code: 'invalid', message: `Node ${id} has no link to itself: it sends itself nothing.` };
}

export function runsAlready(id: NodeId, state: string): Failure {
  return { code: 'invalid', message: `Node ${id} is already ${state}.` };
}

/** @param advice another sentence */
export function doesNotRun(id: NodeId, advice?: string): Failure {
  const message = `Node ${id} is not running.`;
  return { code: 'not-running', message: advice === undefined ? message : `${message} ${advice}` };
}

export function tooManyVoters(nodes: number, voters: number): Failure {
  return { code: 'invalid', message: `Of ${nodes} nodes, ${voters} can't be voters. Ask for more nodes.` };
}

/** Of what is done to the machine of a node. */
export const machineWords = {
  startFirst: 'Start it first.',
  nothingToLose: 'It has nothing to lose.',
  noJump: 'A clock jumps only while its node runs. Start it first.',
  noLook: 'Its log can be looked into while it runs.',
  pause: 'Its thread stands still; what arrives waits in the buffers of the system.',
  resume: 'Its thread goes on, with what has arrived meanwhile.',
  resumeToStop: 'It goes on to be stopped.',
  powerCut: 'Its power goes within a moment; what is not flushed by then is lost or torn.',
  wipe: 'Its folder is set aside. It has forgotten everything, and counts again when it is added again.',
  clockIsTrue: 'Its clock runs true again; what it is ahead or behind stays.',
  clockRate: (partsPerMillion: number): string =>
    `Its clock is ${Math.abs(partsPerMillion) / 10_000} % ${partsPerMillion > 0 ? 'fast' : 'slow'}.`,
  clockJump: (byMs: number): string =>
    `Its clock ${byMs > 0 ? `goes ${byMs} ms ahead` : `stands still until it has fallen ${-byMs} ms behind`}.`,
} as const;

export function didNotStart(id: NodeId, reason: string): Failure {
  return { code: 'unusable', message: `Node ${id} did not start: ${reason}` };
}

/** To a request. */
export function takesNoRequests(id: NodeId): Failure {
  return { code: 'not-running', message: `Node ${id} is not running. Start it, or ask another node.` };
}

export function hasTooManyRequests(id: NodeId, requestsMax: number): Failure {
  return {
    code: 'overloaded',
    message: `Node ${id} has ${requestsMax} requests waiting. Ask again when some are answered.`,
  };
}

export function wasSilent(id: NodeId, timeoutMs: number): Failure {
  const message = `Node ${id} did not answer within ${timeoutMs} ms. Whether the request took effect is unknown.`;
  return { code: 'timed-out', message };
}

export function endedAtWork(id: NodeId): Failure {
  const message = `Node ${id} ended while it was at work on this request. Whether it took effect is unknown.`;
  return { code: 'timed-out', message };
}

export function strangeAnswer(asked: string, answered: string): Failure {
  return { code: 'internal', message: `A node answered ${asked} with ${answered}. Please report this.` };
}

export function wentWrong({ type }: Command, error: unknown): Failure {
  const problem = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: `${type} went wrong: ${problem}. Please report this.` };
}

/** The command in a few words: `append at node 2`, `cut-link 0→2`. */
export function describeCommand(command: Command): string {
  if ('link' in command) return `${command.type} ${command.link.from}→${command.link.to}`;
  if ('node' in command)
    return command.type.endsWith('-node')
      ? `${command.type} ${command.node}`
      : `${command.type} at node ${command.node}`;
  return command.type;
}
