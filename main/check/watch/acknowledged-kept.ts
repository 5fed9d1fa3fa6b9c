/** An append that was answered is committed, and every later leader holds it (Raft §5.3, §5.4). */
import type { LabEvent } from '../../../shared/event.ts';
import { LatestMap } from '../latest-map.ts';
import type { Watch } from '../watch.ts';

interface Acknowledged {
  readonly index: number;
  readonly term: number;
  readonly event: LabEvent;
}

export const watchAcknowledgedKept: Watch = (context) => {
  const { cluster, crashMayLoseEvents, on, onAny, onFinish, report, lose, tableMax } = context;
  const { committed } = cluster;
  /** The last one of each term: by log matching it stands for those before it. */
  const lastOfTerm = new LatestMap<Acknowledged>(tableMax);
  /** Answered before any server told that it is committed. */
  let early: Acknowledged[] = [];

  function check({ index, term, event }: Acknowledged): void {
    const there = committed.log.termAt(index);
    if (there === undefined || there === term) return;
    const sentence = `An append was answered with entry ${index} of term ${term}, where one of term ${there} is committed.`;
    report('acknowledged-kept', { sentence, against: [event, committed.commitOf(index)] });
  }

  onAny('request-answered', (event) => {
    const { outcome } = event;
    if (outcome.kind !== 'appended') return;
    const acknowledged = { index: outcome.lastIndex, term: outcome.term, event };
    if ((lastOfTerm.get(outcome.term)?.index ?? 0) < outcome.lastIndex) lastOfTerm.set(outcome.term, acknowledged);
    if (outcome.lastIndex <= committed.log.lastIndex) check(acknowledged);
    else if (early.length < tableMax) early.push(acknowledged);
    else lose('acknowledged-kept', 'too many answers came before it was told that their entries are committed');
  });
  // Seen before the commit is added to what is known: judged with the next one.
  on('commit-advanced', () => {
    if (early.length === 0) return;
    const ready = early.filter(({ index }) => index <= committed.log.lastIndex);
    if (ready.length === 0) return;
    early = early.filter(({ index }) => index > committed.log.lastIndex);
    ready.forEach(check);
  });
  on('role-changed', (event, { id, folder }) => {
    if (event.to !== 'leader') return;
    const required = committed.requiredOf(event.term);
    const term = required && committed.log.termAt(required.index);
    if (!required || term === undefined || folder.log.holds(required.index, term)) return;
    // The one that reaches furthest of those that were committed before this term.
    let lost: Acknowledged | undefined;
    for (const [, kept] of lastOfTerm.entries()) {
      const isLost = kept.index <= required.index && !folder.log.holds(kept.index, kept.term);
      if (isLost && kept.index > (lost?.index ?? 0)) lost = kept;
    }
    if (!lost) return;
    const sentence = `Entry ${lost.index} of term ${lost.term} was acknowledged, and node ${id} leads term ${event.term} without it.`;
    report('acknowledged-kept', { sentence, against: [lost.event] });
  });
  onFinish(() => {
    for (const { index, term, event } of early) {
      if (committed.log.termAt(index) === term) continue;
      if (cluster.incomplete || crashMayLoseEvents)
        return lose('acknowledged-kept', `who committed entry ${index} is not known`);
      const sentence = `An append was answered with entry ${index} of term ${term}, and no server has committed it.`;
      report('acknowledged-kept', { sentence, against: [event] });
    }
  });
};
