/**
 * If a server has applied an entry at an index, no other server applies a different one there (Raft §5.4.3, Figure 3). Digests are
 * chained, so where two servers stop at the same index they compare everything before it.
 */
import type { LabEvent } from '../../../shared/event.ts';
import { LatestMap } from '../latest-map.ts';
import type { ServerView } from '../server-view.ts';
import type { Watch, WatchContext } from '../watch.ts';

interface Applied {
  readonly digest: number;
  readonly event: LabEvent;
}

export const watchStateMachineSafety: Watch = (context) => {
  const { on, report } = context;
  const applied = new LatestMap<Applied>(context.tableMax);
  on('entries-applied', (event, server) => {
    const { from, to, digest } = event;
    if (from !== server.appliedIndex + 1 || to < from) {
      const sentence = `Node ${server.id} applies entries ${from} to ${to}, and had applied up to ${server.appliedIndex}.`;
      report('state-machine-safety', { sentence });
    } else if (to > server.commitIndex) {
      const sentence = `Node ${server.id} applies entries up to ${to}, and has committed up to ${server.commitIndex}.`;
      report('state-machine-safety', { sentence });
    }
    compare(context, applied, server, { index: to, digest, event });
  });
  on('snapshot-restored', (event, server) => {
    const { lastIncludedIndex: index, digest } = event;
    compare(context, applied, server, { index, digest, event });
  });
};

function compare(
  { report, lose }: WatchContext,
  applied: LatestMap<Applied>,
  { id }: ServerView,
  { index, digest, event }: { index: number; digest: number; event: LabEvent },
): void {
  const known = applied.get(index);
  if (!known) {
    if (applied.mayBeForgotten(index)) lose('state-machine-safety', `what others had applied at ${index} is forgotten`);
    else applied.set(index, { digest, event });
  } else if (known.digest !== digest) {
    const sentence = `Up to entry ${index} node ${id} has applied something else than node ${known.event.node}.`;
    report('state-machine-safety', { sentence, against: [known.event] });
  }
}
