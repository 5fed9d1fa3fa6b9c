/**
 * The configuration in force is the last one in snapshot and log (Raft §6); a leader appends the next one only when the one before
 * is committed (dissertation §4.1), and each step keeps a majority of the old and of the new in touch.
 */
import { describeConfiguration, type Configuration, type Server } from '../../../shared/configuration.ts';
import type { EventOf, LabEvent } from '../../../shared/event.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { LatestMap } from '../latest-map.ts';
import type { ServerView } from '../server-view.ts';
import type { Watch, WatchContext } from '../watch.ts';

interface CommittedConfiguration {
  readonly text: string;
  readonly event: LabEvent;
}

export const watchOneConfiguration: Watch = (context) => {
  const { on, onAny, report } = context;
  const committed = new LatestMap<CommittedConfiguration>(context.tableMax);
  /** Servers that removed a configuration from their log and did not say yet that the former one is in force. */
  const due = new Map<NodeId, LabEvent>();

  on('configuration-changed', (event, server) => {
    if (server.role === 'leader') checkStep(context, event, server);
  });
  on('configuration-rolled-back', (event, server) => {
    due.delete(server.id);
    const former = server.configurations.findLast(({ index }) => index < event.fromIndex);
    if (!former || (former.index === event.index && textOf(former.configuration) === textOf(event.configuration)))
      return;
    const sentence = `Node ${server.id} goes back to the configuration at ${event.index}, and the last one in its log is at ${former.index}.`;
    report('one-configuration', { sentence, rule: 'rollback-config-on-truncate' });
  });
  on('entries-truncated', (event, server) => {
    const last = server.configurations.at(-1);
    if (last && last.index >= event.fromIndex) due.set(server.id, event);
  });
  const overdue = (_event: LabEvent, server: ServerView): void => {
    const event = due.get(server.id);
    if (!event) return;
    due.delete(server.id);
    const last = server.configurations.at(-1);
    const sentence = `Node ${server.id} has removed the configuration at ${last?.index} from its log and still goes by it.`;
    report('one-configuration', { sentence, against: [event], rule: 'rollback-config-on-truncate' });
  };
  // The step that removes it says all that it does before its write can be durable, and before any other step.
  for (const type of ['entries-persisted', 'role-changed', 'term-changed', 'commit-advanced'] as const)
    on(type, overdue);
  onAny('node-started', (_event, server) => due.delete(server.id));

  on('commit-advanced', (event, server) => {
    if ((server.configurations.at(-1)?.index ?? 0) <= event.from) return;
    for (const { index, configuration } of server.configurations) {
      if (index <= event.from || index > event.to) continue;
      const text = textOf(configuration);
      const known = committed.get(index);
      if (!known) committed.set(index, { text, event });
      else if (known.text !== text) {
        const sentence = `Node ${server.id} commits the configuration ${describeConfiguration(configuration)} at ${index}, where node ${known.event.node} has committed another.`;
        report('one-configuration', { sentence, against: [known.event] });
      }
    }
  });
};

function textOf({ voters, outgoing, learners }: Configuration): string {
  const text = (servers: readonly Server[]): string =>
    servers
      .map(({ id, storage }) => `${id}/${storage}`)
      .toSorted()
      .join();
  return `${text(voters)};${text(outgoing)};${text(learners)}`;
}

/** A leader appends a configuration. */
function checkStep({ report }: WatchContext, event: EventOf<'configuration-changed'>, server: ServerView): void {
  const former = server.configurations.at(-1);
  if (!former) return;
  if (former.index > server.commitIndex) {
    const sentence = `Node ${server.id} appends the configuration at ${event.index}, and the one at ${former.index} is not committed (commit index ${server.commitIndex}).`;
    report('one-configuration', { sentence, rule: 'config-after-own-term-commit' });
  }
  const problem = stepProblem(former.configuration, event.configuration);
  if (!problem) return;
  const step = `${describeConfiguration(former.configuration)} to ${describeConfiguration(event.configuration)}`;
  report('one-configuration', {
    sentence: `Node ${server.id} goes from ${step}: ${problem}.`,
    rule: 'joint-majorities',
  });
}

function stepProblem(from: Configuration, to: Configuration): string | undefined {
  if (from.outgoing.length > 0) {
    if (to.outgoing.length === 0 && difference(from.voters, to.voters) === 0) return undefined;
    // A change that is given up goes back.
    if (to.outgoing.length === 0 && difference(from.outgoing, to.voters) === 0) return undefined;
    return 'a joint configuration is followed by the new one or the old one';
  }
  if (to.outgoing.length > 0)
    return difference(from.voters, to.outgoing) === 0
      ? undefined
      : 'the old half of it is not the one that was in force';
  return difference(from.voters, to.voters) <= 1
    ? undefined
    : 'more than one voter changes without a joint configuration';
}

/** How many servers are only in one of the two. A folder that was not known yet is the same server. */
function difference(left: readonly Server[], right: readonly Server[]): number {
  const isIn = (server: Server, others: readonly Server[]): boolean =>
    others.some(
      ({ id, storage }) => id === server.id && (storage === server.storage || storage === 0 || server.storage === 0),
    );
  return left.filter((server) => !isIn(server, right)).length + right.filter((server) => !isIn(server, left)).length;
}
