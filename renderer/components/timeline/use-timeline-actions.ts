/** Registers what can be done about time: for the palette, the shortcut sheet and the keyboard. */
import { onScopeDispose } from 'vue';
import { labSourceId } from '../../../shared/ids.ts';
import type { StepGoal } from '../../playhead/find-step.ts';
import { playheadSpeeds } from '../../playhead/playhead-mode.ts';
import { useActionsStore, type PageAction } from '../../stores/actions.ts';
import { useNoticesStore } from '../../stores/notices.ts';
import { usePlayheadStore } from '../../stores/playhead.ts';
import { useSelectionStore } from '../../stores/selection.ts';
import { useTimelineStore } from '../../stores/timeline.ts';
import { text } from '../../text/timeline.ts';

/** What one steps to, in the order of the menu. */
export const stepGoals: readonly StepGoal[] = [
  ...(['leader', 'election', 'end', 'start', 'fault', 'heal', 'membership', 'snapshot', 'violation'] as const).map(
    (landmark) => ({ kind: 'landmark' as const, landmark }),
  ),
  { kind: 'error' },
];

/** Steps to what is wanted, and says so when there is none. */
export function useStepTo(): (goal: StepGoal, direction: 'forwards' | 'backwards') => void {
  const playhead = usePlayheadStore();
  const notices = useNoticesStore();
  async function step(goal: StepGoal, direction: 'forwards' | 'backwards'): Promise<void> {
    const found = await playhead.stepTo(goal, direction);
    if (found) return;
    const title = direction === 'forwards' ? text.next(goal) : text.previous(goal);
    notices.say({ tone: 'info', title, text: playhead.trouble || text.noMore });
  }
  return (goal, direction) => void step(goal, direction);
}

export function useTimelineActions(): void {
  const actions = useActionsStore();
  const playhead = usePlayheadStore();
  const selection = useSelectionStore();
  const timeline = useTimelineStore();
  const stepTo = useStepTo();

  const isPast = (): boolean => !playhead.isLive;
  const jump = (seconds: number): void => playhead.seek({ timeNs: Math.max(0, playhead.nowNs() + seconds * 1e9) });
  const changeSpeed = (by: number): void => {
    const place = playheadSpeeds.findIndex((speed) => speed >= playhead.speed) + by;
    playhead.setSpeed(playheadSpeeds[Math.min(Math.max(0, place), playheadSpeeds.length - 1)] ?? 1);
  };
  const offer = (id: string, label: string, keys: readonly string[], run: () => void, isEnabled?: () => boolean) => ({
    id: `time.${id}`,
    label,
    group: text.group,
    ...(keys.length > 0 && { keys }),
    ...(isEnabled && { isEnabled }),
    run,
  });

  const list: readonly PageAction[] = [
    offer('live', text.toPresent, ['l'], () => playhead.goLive(), isPast),
    offer('hold-or-play', `${text.hold} · ${text.play}`, ['Space'], () => playhead.holdOrPlay()),
    offer('play-backwards', text.playBackwards, ['Shift+Space'], () => playhead.play(-1)),
    offer('step-back', text.stepBack, [','], () => void playhead.step(-1)),
    offer('step-on', text.stepOn, ['.'], () => void playhead.step(1), isPast),
    offer('second-back', text.secondBack, ['ArrowLeft'], () => jump(-1)),
    offer('second-on', text.secondOn, ['ArrowRight'], () => jump(1), isPast),
    offer('begin', text.begin, [], () => playhead.seek({ timeNs: timeline.startNs ?? 0 })),
    offer('slower', text.slower, ['['], () => changeSpeed(-1)),
    offer('faster', text.faster, [']'], () => changeSpeed(1)),
    ...stepGoals.flatMap((goal) => {
      const id = goal.kind === 'landmark' ? goal.landmark : goal.kind;
      const isLeader = id === 'leader';
      return [
        offer(`previous-${id}`, text.previous(goal), isLeader ? ['Shift+ArrowLeft'] : [], () =>
          stepTo(goal, 'backwards'),
        ),
        offer(
          `next-${id}`,
          text.next(goal),
          isLeader ? ['Shift+ArrowRight'] : [],
          () => stepTo(goal, 'forwards'),
          isPast,
        ),
      ];
    }),
    offer('previous-of-selected', text.previousOfSelected, ['Alt+,'], () => ofSelected('backwards'), hasNode),
    offer(
      'next-of-selected',
      text.nextOfSelected,
      ['Alt+.'],
      () => ofSelected('forwards'),
      () => hasNode() && isPast(),
    ),
  ];
  onScopeDispose(actions.register(list));

  function hasNode(): boolean {
    return selection.node !== null;
  }
  function ofSelected(direction: 'forwards' | 'backwards'): void {
    stepTo({ kind: 'node', node: selection.node ?? labSourceId }, direction);
  }
}
