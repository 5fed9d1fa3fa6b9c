/** A chunk with its events. */
import type { LabEvent } from '../../shared/event.ts';
import { projectClusterView, type ClusterView } from '../../shared/projection/cluster-view.ts';
import type { FrameStore } from './frame-store.ts';
import { frameTypes } from './frame.ts';
import { readKeyframe, type Keyframe } from './keyframe.ts';
import { walkFrames } from './walk-frames.ts';

export interface LoadedChunk {
  /** Missing when it is damaged. */
  readonly keyframe: Keyframe | undefined;
  readonly events: readonly LabEvent[];
  /** `positions[i]` belongs to `events[i]`; they jump where something is damaged. */
  readonly positions: readonly number[];
}

/** What an events frame holds. */
export type StoredEvents = readonly [firstPosition: number, events: readonly LabEvent[]];

/** Reads the frames from `offset` to `end`. May throw what the file system throws. */
export function loadChunk(frames: FrameStore, offset: number, end: number): LoadedChunk {
  let keyframe: Keyframe | undefined;
  const events: LabEvent[] = [];
  const positions: number[] = [];
  for (const frame of walkFrames(frames, offset, end)) {
    if (frame.type === frameTypes.keyframe) {
      keyframe ??= readKeyframe(frame.read());
    } else if (frame.type === frameTypes.events) {
      const value = frame.read();
      if (!isStoredEvents(value)) continue;
      for (const [i, event] of value[1].entries()) {
        events.push(event);
        positions.push(value[0] + i);
      }
    }
  }
  return { keyframe, events, positions };
}

export function isStoredEvents(value: unknown): value is StoredEvents {
  return Array.isArray(value) && Number.isSafeInteger(value[0]) && Array.isArray(value[1]);
}

/** A state, and how many events came before it. */
export interface PlacedView {
  readonly view: ClusterView;
  readonly position: number;
  /** Of the event before it; undefined at the beginning of the chunk. */
  readonly timeNs: number | undefined;
}

/**
 * The state behind the events before `position`; an earlier one where events in between are missing. Undefined where the chunk's
 * beginning is.
 */
export function viewBefore({ keyframe, events, positions }: LoadedChunk, position: number): PlacedView | undefined {
  if (!keyframe || keyframe.position > position) return undefined;
  let { view } = keyframe;
  let count = 0;
  for (const event of events) {
    const at = keyframe.position + count;
    if (at >= position || positions[count] !== at) break;
    view = projectClusterView(view, event);
    count += 1;
  }
  return { view, position: keyframe.position + count, timeNs: events[count - 1]?.timeNs };
}
