/** A leader never overwrites or deletes entries in its log; it only appends new entries (Raft §5.3, Figure 3). */
import type { Watch } from '../watch.ts';

export const watchLeaderAppendOnly: Watch = ({ cluster, on, report }) => {
  on('entries-truncated', (event, server) => {
    if (server.role !== 'leader') return;
    const sentence = `Node ${server.id} leads term ${server.term} and removes entries ${event.fromIndex} to ${event.lastIndex} of its log.`;
    report('leader-append-only', { sentence, against: [cluster.offices.get(server.term)?.event] });
  });
  on('snapshot-installed', (event, server) => {
    if (server.role !== 'leader') return;
    const sentence = `Node ${server.id} leads term ${server.term} and replaces its log with another server's snapshot up to ${event.lastIncludedIndex}.`;
    report('leader-append-only', { sentence, against: [cluster.offices.get(server.term)?.event] });
  });
};
