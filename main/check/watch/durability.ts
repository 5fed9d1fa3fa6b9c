/** What was on disk is there after a restart on the same folder (Raft §5.1; assumed by everything else). */
import { storageNumberOf } from '../../../shared/ids.ts';
import { recoveredLog } from '../server-view.ts';
import type { Watch } from '../watch.ts';

export const watchDurability: Watch = ({ on, onAny, report }) => {
  onAny('node-started', (event, { known, id, folder }) => {
    if (!known || folder.storage !== storageNumberOf(event.storageId)) return;
    const found = recoveredLog(event);
    const { durableIndex, durableSnapshotIndex, log } = folder;
    const term = log.termAt(durableIndex);
    if (found.lastIndex < durableIndex) {
      const sentence = `Node ${id} had entries up to ${durableIndex} on disk, and finds ${found.lastIndex} after its restart.`;
      report('durability', { sentence });
    } else if (term !== undefined && !found.holds(durableIndex, term)) {
      const sentence = `Node ${id} had entry ${durableIndex} of term ${term} on disk, and finds one of term ${found.termAt(durableIndex)} after its restart.`;
      report('durability', { sentence });
    }
    if (event.snapshot.lastIncludedIndex < durableSnapshotIndex) {
      const sentence = `Node ${id} had a snapshot up to ${durableSnapshotIndex} on disk, and finds one up to ${event.snapshot.lastIncludedIndex}.`;
      report('durability', { sentence });
    }
    if (event.term === folder.term && folder.votedFor !== null && event.votedFor !== folder.votedFor) {
      const sentence = `Node ${id} had its vote of term ${event.term} for node ${folder.votedFor} on disk, and finds ${event.votedFor === null ? 'none' : `one for node ${event.votedFor}`}.`;
      report('durability', { sentence });
    }
  });
  on('entries-persisted', (event, { id, folder }) => {
    if (event.lastIndex <= folder.log.lastIndex) return;
    report('durability', {
      sentence: `Node ${id} has entries up to ${event.lastIndex} on disk, and its log ends at ${folder.log.lastIndex}.`,
    });
  });
};
