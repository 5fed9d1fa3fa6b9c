/** What is pointed at in the diagram, by mouse or by keys, and what comes of it: a selection, a moment, causes and effects. */
import { ref, shallowRef, watch } from 'vue';
import type { NodeId } from '../../../shared/ids.ts';
import { useDiagramStore } from '../../stores/diagram.ts';
import { usePlayheadStore } from '../../stores/playhead.ts';
import { useSelectionStore, type Selection } from '../../stores/selection.ts';
import { text } from '../../text/diagram.ts';
import { itemLine } from './describe-item.ts';
import { diagramKey, type DiagramKey } from './diagram-keys.ts';
import { itemsOf, nextItem, timeOfItem } from './find-item.ts';
import { isSelected, selectionOf } from './highlight.ts';
import type { DiagramItem } from './scene.ts';
import type { DiagramPicture } from './use-diagram-picture.ts';

export type DiagramChoice = ReturnType<typeof useDiagramChoice>;

export function useDiagramChoice(picture: DiagramPicture) {
  const selection = useSelectionStore();
  const diagram = useDiagramStore();
  const playhead = usePlayheadStore();
  /** The lane of the keyboard; undefined: all of them. */
  const lane = ref<NodeId>();
  /** Where the keyboard is. */
  const current = shallowRef<DiagramItem | null>(null);
  /** Said to a screen reader. */
  const announcement = ref('');
  /** The selection that was made here: it needs no showing. */
  let own: Selection | null = null;

  function choose(item: DiagramItem): void {
    current.value = item;
    const chosen = selectionOf(item);
    own = chosen;
    selection.select(chosen);
    announcement.value = itemLine(item, picture.nowNs());
    picture.view.reveal(timeOfItem(item));
    if (picture.causeItem.value) picture.causeItem.value = item;
  }

  function onChoose(item: DiagramItem | null, node: number | undefined): void {
    if (item) choose(item);
    else if (node !== undefined) lane.value = node;
  }

  function onMoment(timeNs: number): void {
    playhead.seek({ timeNs });
  }

  function toggleCauses(): void {
    const item = current.value ?? selectedItem();
    picture.causeItem.value = picture.causeItem.value ? null : item;
  }

  /** What is selected, if it is in view. */
  function selectedItem(): DiagramItem | null {
    const highlight = picture.highlight.value;
    return itemsOf(picture.contents()).find((item) => isSelected(item, highlight)) ?? null;
  }

  function step(by: 1 | -1): void {
    const items = itemsOf(picture.contents(), lane.value);
    const next = nextItem(items, current.value, picture.view.middleNs, by);
    if (next) choose(next);
    else announcement.value = text.noneFurther;
  }

  function moveLane(by: 1 | -1): void {
    const lanes: readonly (NodeId | undefined)[] = [undefined, ...picture.shownNodes.value];
    lane.value = lanes[(lanes.indexOf(lane.value) + by + lanes.length) % lanes.length];
    announcement.value = lane.value === undefined ? text.allLanes : text.lane(lane.value);
  }

  function leave(): void {
    picture.causeItem.value = null;
    current.value = null;
    lane.value = undefined;
    selection.select(null);
  }

  function act(key: DiagramKey): void {
    const { view } = picture;
    switch (key.kind) {
      case 'pan':
        return view.pan(key.share * view.view.spanNs);
      case 'zoom':
        return view.zoom(key.factor, current.value ? timeOfItem(current.value) : view.middleNs);
      case 'lane':
        return moveLane(key.step);
      case 'item':
        return step(key.step);
      case 'start':
        return view.toTheStart();
      case 'follow':
        return view.follow();
      case 'fit':
        return view.fit();
      case 'causes':
        return toggleCauses();
      case 'seek':
        return onMoment(current.value ? timeOfItem(current.value) : view.middleNs);
      default:
        leave();
    }
  }

  function onKeydown(event: KeyboardEvent): void {
    const key = diagramKey(event);
    if (!key) return;
    event.preventDefault();
    event.stopPropagation();
    act(key);
    picture.touch();
  }

  /** What is selected elsewhere is brought into view. */
  async function showSelected(): Promise<void> {
    const chosen = selection.selection;
    if (chosen === null || chosen === own) return;
    current.value = null;
    picture.causeItem.value = null;
    const timeNs = await diagram.timeOf(chosen);
    if (timeNs === undefined || selection.selection !== chosen) return;
    picture.view.reveal(timeNs);
    picture.touch();
  }

  watch(
    () => selection.selection,
    () => void showSelected(),
  );
  /** The moment that the page shows stays in view. */
  function showPlayhead(): void {
    if (playhead.isLive) return;
    picture.view.reveal(playhead.nowNs());
    picture.touch();
  }

  watch(() => [playhead.mode, playhead.position], showPlayhead);
  watch(lane, picture.touch);

  return { lane, announcement, choose, onChoose, onMoment, toggleCauses, onKeydown };
}
