/** Shows a moment of the past on the whole page, where the page can. */
import { usePlayheadStore } from '../../stores/playhead.ts';

/** @returns what shows the state behind so many events; null while no past can be shown */
export function useSeek(): ((position: number) => void) | null {
  const playhead = usePlayheadStore();
  return 'seek' in playhead && typeof playhead.seek === 'function'
    ? (position) => (playhead as { seek(target: { position: number }): void }).seek({ position })
    : null;
}
