/** At most one leader in a term (Raft §5.2). */
import type { LabEvent } from '../../../shared/event.ts';
import type { BootId, NodeId } from '../../../shared/ids.ts';
import type { ServerView } from '../server-view.ts';
import type { Watch, WatchContext } from '../watch.ts';

export const watchElectionSafety: Watch = (context) => {
  context.onAny('role-changed', (event) => {
    if (event.to === 'leader') claim(context, event.term, event.node, event.boot, event);
  });
  context.onAny('leader-known', (event) => {
    claim(context, event.term, event.leaderId, event.leaderId === event.node ? event.boot : undefined, event);
  });
  // A server that keeps its office when it adopts a term says nothing, and acts.
  const actsIn = (event: LabEvent, { role, term, id }: ServerView): void => {
    if (role !== 'leader') return;
    const office = context.cluster.offices.get(term);
    if (office?.node !== id || office.boot !== event.boot) claim(context, term, id, event.boot, event);
  };
  context.on('entries-appended', actsIn);
  context.on('commit-advanced', actsIn);
  context.on('read-confirmed', actsIn);
};

function claim(context: WatchContext, term: number, node: NodeId, boot: BootId | undefined, event: LabEvent): void {
  const { offices } = context.cluster;
  const known = offices.get(term);
  if (!known) {
    if (offices.mayBeForgotten(term)) context.lose('election-safety', `who led term ${term} is forgotten`);
    else offices.set(term, { node, boot, event });
    return;
  }
  if (known.node !== node) {
    const sentence = `Nodes ${known.node} and ${node} both lead term ${term}.`;
    context.report('election-safety', { sentence, against: [known.event] });
  } else if (known.boot === undefined) {
    offices.set(term, { node, boot, event });
  } else if (boot !== undefined && known.boot !== boot) {
    const sentence = `Node ${node} leads term ${term} a second time, after a restart.`;
    context.report('election-safety', { sentence, against: [known.event], rule: 'persist-before-reply' });
  }
}
