/** The time of a simulated world. */
import { useWorldPace } from '../composables/use-world-pace.ts';
import type { PageAction } from '../stores/actions.ts';
import { useConnectionStore } from '../stores/connection.ts';
import { text } from '../text/actions.ts';

export function useWorldActions(): () => readonly PageAction[] {
  const connection = useConnectionStore();
  const world = useWorldPace();
  const group = text.groups.cluster;
  const isEnabled = (): boolean => connection.isLive && world.isSimulated;

  return () => [
    {
      id: 'world.toggle',
      label: world.isHeld ? text.play : text.hold,
      group,
      keys: ['t'],
      isEnabled,
      run: () => world.toggle(),
    },
    { id: 'world.step', label: text.step, group, keys: ['Shift+T'], isEnabled, run: () => world.step() },
  ];
}
