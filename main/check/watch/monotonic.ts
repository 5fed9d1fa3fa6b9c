/** Term, commit index and applied index of a server never fall (Raft Figure 2: "increases monotonically"). */
import { storageNumberOf } from '../../../shared/ids.ts';
import type { Watch } from '../watch.ts';

export const watchMonotonic: Watch = ({ on, onAny, report }) => {
  on('term-changed', (event, server) => {
    if (event.from === server.term && event.to > event.from) return;
    report('monotonic', { sentence: `Node ${server.id} goes from term ${server.term} to ${event.to}.` });
  });
  on('role-changed', (event, server) => {
    if (event.term < server.term)
      report('monotonic', {
        sentence: `Node ${server.id} becomes ${event.to} of term ${event.term} in term ${server.term}.`,
      });
  });
  on('entries-persisted', (event, server) => {
    if (event.term < server.folder.term)
      report('monotonic', {
        sentence: `Node ${server.id} writes term ${event.term} to its disk, which had ${server.folder.term}.`,
      });
  });
  on('commit-advanced', (event, server) => {
    if (event.to > server.commitIndex) return;
    report('monotonic', {
      sentence: `The commit index of node ${server.id} goes from ${server.commitIndex} to ${event.to}.`,
    });
  });
  on('snapshot-restored', (event, server) => {
    if (event.lastIncludedIndex >= server.appliedIndex) return;
    const sentence = `Node ${server.id} had applied up to ${server.appliedIndex} and goes back to a snapshot up to ${event.lastIncludedIndex}.`;
    report('monotonic', { sentence });
  });
  onAny('node-started', (event, { known, id, folder }) => {
    if (!known || folder.storage !== storageNumberOf(event.storageId) || event.term >= folder.term) return;
    const sentence = `Node ${id} starts in term ${event.term}, and had term ${folder.term} on this disk.`;
    report('monotonic', { sentence, rule: 'persist-before-reply' });
  });
};
