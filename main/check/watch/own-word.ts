/** What a server finds broken itself. With all rules on it stops instead (`assertion-failed`). */
import type { Watch } from '../watch.ts';

export const watchOwnWord: Watch = ({ onAny, report }) => {
  onAny('promise-broken', ({ node, promise, reason }) => {
    report('own-word', { sentence: `Node ${node} finds a promise broken (${promise}): ${reason}.` });
  });
  onAny('assertion-failed', ({ node, reason }) => {
    report('own-word', { sentence: `Node ${node} stops, since a promise of its own code does not hold: ${reason}` });
  });
};
