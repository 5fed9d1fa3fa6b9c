/** How the time of a simulated world passes: held, one event at a time, or at some speed. */
import { computed, reactive, ref, watch } from 'vue';
import { useClusterStore } from '../stores/cluster.ts';
import { useConnectionStore } from '../stores/connection.ts';

/** Virtual seconds a second. */
export const worldSpeeds: readonly number[] = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10];

export interface WorldPace {
  readonly isSimulated: boolean;
  readonly isHeld: boolean;
  /** While it is held: the speed that it had, and will have. */
  readonly speed: number;
  toggle(): void;
  step(): void;
  setSpeed(speed: number): void;
}

export function useWorldPace(): WorldPace {
  const cluster = useClusterStore();
  const connection = useConnectionStore();
  const isSimulated = computed(() => cluster.isLiveRunning && cluster.liveView.world === 'simulated');
  const isHeld = computed(() => cluster.liveView.pace === 0);
  const speed = ref(1);
  watch(
    () => cluster.liveView.pace,
    (pace) => {
      if (pace > 0) speed.value = pace;
    },
    { immediate: true },
  );

  return reactive({
    isSimulated,
    isHeld,
    speed,
    toggle: () => void connection.run({ type: 'set-pace', speed: isHeld.value ? speed.value : 0 }),
    step: () => void connection.run({ type: 'step-world' }),
    setSpeed(next: number) {
      speed.value = next;
      if (!isHeld.value) void connection.run({ type: 'set-pace', speed: next });
    },
  });
}
