/** Finds events of the past in the lab's store, and shows them: as what is selected, or as the moment that the page shows. */
import type { EventFilter, PlacedEvent } from '../../shared/query.ts';
import { isEvidence, type Evidence } from '../../shared/projection/explain/explanation.ts';
import { useConnectionStore } from '../stores/connection.ts';
import { useNoticesStore } from '../stores/notices.ts';
import { usePlayheadStore } from '../stores/playhead.ts';
import { useSelectionStore } from '../stores/selection.ts';
import { useWorkspaceStore } from '../stores/workspace.ts';
import { text } from '../text/details.ts';

/** Events of the right type and node that are looked at before it is given up. */
const triesMax = 200;

export interface Moments {
  /** The last one before the moment that is shown that it speaks of; undefined when it is not held any more. */
  find(evidence: Evidence): Promise<PlacedEvent | undefined>;
  /** Selects that event and shows it in the details; says so where it is not held any more. */
  open(evidence: Evidence): Promise<void>;
  /** Selects the event at a position and shows it in the details. */
  openAt(position: number): void;
  /** The whole page shows the cluster as it was right behind the event at a position. */
  showMoment(position: number): void;
}

export function useMoments(): Moments {
  const connection = useConnectionStore();
  const playhead = usePlayheadStore();

  async function find(evidence: Evidence): Promise<PlacedEvent | undefined> {
    const filter: EventFilter = { types: [...evidence.types], nodes: [evidence.node] };
    let from = playhead.isLive ? Number.MAX_SAFE_INTEGER : playhead.position;
    for (let tries = 0; tries < triesMax; tries++) {
      const answer = await connection.query({ type: 'find-event', from, direction: 'backwards', filter });
      if (!answer.ok || !answer.value) return undefined;
      if (isEvidence(evidence, answer.value.event)) return answer.value;
      from = answer.value.position;
    }
    return undefined;
  }

  function openAt(position: number): void {
    useSelectionStore().select({ kind: 'event', position });
    useWorkspaceStore().show('details');
  }

  async function open(evidence: Evidence): Promise<void> {
    const found = await find(evidence);
    if (found) openAt(found.position);
    else useNoticesStore().say({ tone: 'info', title: text.notHeldTitle, text: text.notHeld(evidence.words) });
  }

  const showMoment = (position: number): void => playhead.seek({ position: position + 1 });

  return { find, open, openAt, showMoment };
}
