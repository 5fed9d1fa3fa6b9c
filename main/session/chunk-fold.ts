/**
 * The folds that the store keeps over the stream, chunk by chunk: the state, the summary of the chunk that is being filled, the
 * figures of each second.
 */
import { nanosecondsPerSecond } from '../../shared/duration.ts';
import type { LabEvent } from '../../shared/event.ts';
import { projectClusterView, type ClusterView } from '../../shared/projection/cluster-view.ts';
import { landmarkOf, type Landmark } from '../../shared/projection/landmarks.ts';
import { mergeSeconds, SecondsFold, type SecondFigures } from '../../shared/projection/second-figures.ts';
import type { ChunkSummary, StoredSummary } from './chunk-summary.ts';
import { EventKinds } from './event-kinds.ts';
import type { Keyframe } from './keyframe.ts';
import { touchedEntries, type IndexRange } from './touched-entries.ts';

export class ChunkFold implements ChunkSummary {
  #view: ClusterView;
  #position: number;
  #firstPosition: number;
  #startNs = Infinity;
  #endNs = -Infinity;
  #kinds = new EventKinds();
  #from = Infinity;
  #to = -Infinity;
  #landmarks: Landmark[] = [];
  #seconds: SecondFigures[] = [];
  #secondsFold: SecondsFold;
  /** What came of the running second before this fold began. */
  #begun: SecondFigures | null;

  constructor({ position, view, second }: Keyframe) {
    this.#view = view;
    this.#position = position;
    this.#firstPosition = position;
    this.#begun = second;
    this.#secondsFold = new SecondsFold(Math.max(0, ...view.nodes.map((node) => node.commitIndex)));
  }

  /** The state behind all events so far. */
  get view(): ClusterView {
    return this.#view;
  }

  get firstPosition(): number {
    return this.#firstPosition;
  }

  get endPosition(): number {
    return this.#position;
  }

  get startNs(): number {
    return this.#startNs;
  }

  get endNs(): number {
    return this.#endNs;
  }

  get kinds(): EventKinds {
    return this.#kinds;
  }

  get entries(): IndexRange | null {
    return this.#from <= this.#to ? { from: this.#from, to: this.#to } : null;
  }

  /** The second that runs, as far as it has come. */
  get second(): SecondFigures | null {
    const { running } = this.#secondsFold;
    return running ? this.#whole(running) : this.#begun;
  }

  get landmarks(): readonly Landmark[] {
    return this.#landmarks;
  }

  get seconds(): readonly SecondFigures[] {
    return this.#seconds;
  }

  /** @param position where events before it are missing */
  take(event: LabEvent, position = this.#position): void {
    this.#position = position;
    const touched = touchedEntries(event, this.#view);
    if (touched) {
      this.#from = Math.min(this.#from, touched.from);
      this.#to = Math.max(this.#to, touched.to);
    }
    this.#startNs = Math.min(this.#startNs, event.timeNs);
    this.#endNs = Math.max(this.#endNs, event.timeNs);
    this.#kinds.add(event);
    const landmark = landmarkOf(event, this.#position);
    if (landmark) this.#landmarks.push(landmark);
    this.#takeSecond(event);
    this.#view = projectClusterView(this.#view, event);
    this.#position += 1;
  }

  /** Of the chunk, which is not empty. */
  summary(): StoredSummary {
    const { firstPosition, endPosition, startNs, endNs, entries, landmarks, seconds } = this;
    return { firstPosition, endPosition, startNs, endNs, kinds: this.#kinds.list(), entries, landmarks, seconds };
  }

  /** Nothing follows: the second that runs is over. */
  finish(): void {
    const { second } = this;
    if (second) this.#seconds.push(second);
    this.#begun = null;
    this.#secondsFold = new SecondsFold();
  }

  /** The next chunk begins here. */
  next(): void {
    this.#firstPosition = this.#position;
    this.#startNs = Infinity;
    this.#endNs = -Infinity;
    this.#kinds = new EventKinds();
    this.#from = Infinity;
    this.#to = -Infinity;
    this.#landmarks = [];
    this.#seconds = [];
  }

  #takeSecond(event: LabEvent): void {
    const finished = this.#secondsFold.take(event);
    if (finished) {
      this.#seconds.push(this.#whole(finished));
      this.#begun = null;
    } else if (this.#begun && this.#begun.second * nanosecondsPerSecond + nanosecondsPerSecond <= event.timeNs) {
      this.#seconds.push(this.#begun);
      this.#begun = null;
    }
  }

  #whole(second: SecondFigures): SecondFigures {
    const begun = this.#begun;
    return begun?.second === second.second ? (mergeSeconds([begun, second], 1)[0] ?? second) : second;
  }
}
