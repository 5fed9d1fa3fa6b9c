/** Everything that one picture of the diagram is made of, and what of the stream comes into it. Pure but for the canvas's colours. */
import type { NodeId } from '../../../shared/ids.ts';
import type { FlightKind } from '../../../shared/projection/flights.ts';
import type { SecondFigures } from '../../../shared/projection/second-figures.ts';
import type { Edge, Mark, MarkKind, RequestSpan } from '../../stores/diagram/diagram-items.ts';
import type { DiagramModel } from '../../stores/diagram/diagram-model.ts';
import type { LaneHistory } from '../../stores/diagram/lane-history.ts';
import type { Causes } from './causes.ts';
import { densityOfEdges, densityOfSeconds, type Density } from './density.ts';
import type { DiagramLayout } from './diagram-layout.ts';
import { toNs, xOf, type Viewport } from './time-scale.ts';

/** What can be pointed at. */
export type DiagramItem =
  | { readonly kind: 'edge'; readonly edge: Edge }
  | { readonly kind: 'mark'; readonly mark: Mark }
  | { readonly kind: 'request'; readonly request: RequestSpan };

/** What is to be lit up of the page's one selection. */
export interface Highlight {
  readonly edge?: (edge: Edge) => boolean;
  readonly mark?: (mark: Mark) => boolean;
  readonly request?: (request: RequestSpan) => boolean;
  readonly node?: NodeId;
}

export interface Scene {
  readonly view: Viewport;
  readonly layout: DiagramLayout;
  readonly model: DiagramModel;
  readonly history: LaneHistory;
  /** In the place of single datagrams; null where these are loaded. */
  readonly seconds: readonly SecondFigures[] | null;
  readonly hiddenKinds: ReadonlySet<FlightKind>;
  /** Until when the stream has come. */
  readonly nowNs: number;
  readonly playheadNs: number | null;
  readonly highlight: Highlight;
  readonly hovered: DiagramItem | null;
  readonly causes: Causes | null;
}

/** More than these are drawn as how many there are. */
export const edgesDrawnMax = 5_000;
const marksDrawnMax = 4_000;
const requestsDrawnMax = 2_500;

/** What comes into the picture. */
export interface SceneContents {
  readonly edges: readonly Edge[];
  /** Instead of edges, where there are too many. */
  readonly density: Density | null;
  readonly marks: readonly Mark[];
  readonly requests: readonly RequestSpan[];
}

/** What stands out at any zoom. */
const graveMarks: ReadonlySet<MarkKind> = new Set([
  'violation',
  'election',
  'life',
  'snapshot',
  'membership',
  'truncate',
]);

export function isShown(edge: Edge, hiddenKinds: ReadonlySet<FlightKind>): boolean {
  return !hiddenKinds.has(edge.kind) && !(edge.isRoutine && hiddenKinds.has('heartbeat'));
}

export function contentsOfScene(scene: Scene): SceneContents {
  const { view, layout, model, hiddenKinds, seconds } = scene;
  const [from, to] = [view.fromNs, toNs(view)];
  // What was lost has no end, and is drawn a little way on.
  const spareNs = (view.spanNs / Math.max(1, layout.width)) * 40;
  const edges: Edge[] = [];
  let count = 0;
  if (!seconds) {
    model.eachEdge(from - spareNs, to, (edge) => {
      if (!isShown(edge, hiddenKinds)) return;
      if (layout.yOf(edge.from) === undefined || layout.yOf(edge.to) === undefined) return;
      count += 1;
      if (count <= edgesDrawnMax) edges.push(edge);
    });
  }
  const isDense = seconds !== null || count > edgesDrawnMax;
  return {
    edges: isDense ? [] : edges,
    density: isDense ? densityOfScene(scene) : null,
    ...marksOf(scene, isDense),
    requests: requestsOf(scene),
  };
}

/** Steps of the density, in pixels. */
const densityPixels = 3;

function densityOfScene({ view, layout, model, seconds, hiddenKinds }: Scene): Density {
  if (seconds) return densityOfSeconds(seconds, view.fromNs, toNs(view));
  const stepNs = (view.spanNs / Math.max(1, layout.width)) * densityPixels;
  // Steps stand still while the view moves, or the picture would flicker.
  const fromNs = Math.floor(view.fromNs / stepNs) * stepNs;
  const steps = Math.ceil(layout.width / densityPixels) + 2;
  return densityOfEdges(
    (visit) =>
      model.eachEdge(fromNs, toNs(view), (edge) => {
        if (isShown(edge, hiddenKinds)) visit(edge);
      }),
    fromNs,
    stepNs,
    steps,
  );
}

function marksOf({ view, layout, model, seconds }: Scene, isDense: boolean): { readonly marks: readonly Mark[] } {
  const marks: Mark[] = [];
  if (seconds) return { marks };
  // One of a kind per pixel and lane: those that come live are many, and of the same few kinds.
  const taken = new Set<string>();
  model.eachMark(view.fromNs, toNs(view), (mark) => {
    if (layout.yOf(mark.node) === undefined || marks.length >= marksDrawnMax) return;
    const isGrave = graveMarks.has(mark.kind);
    if (isDense && !isGrave && mark.kind !== 'commit') return;
    if (!isGrave && !isFree(taken, mark, Math.round(xOf(view, layout.width, mark.timeNs)))) return;
    marks.push(mark);
  });
  return { marks };
}

function isFree(taken: Set<string>, { node, kind }: Mark, x: number): boolean {
  const key = `${x} ${node} ${kind}`;
  if (taken.has(key)) return false;
  taken.add(key);
  return true;
}

function requestsOf({ view, model, seconds }: Scene): readonly RequestSpan[] {
  const requests: RequestSpan[] = [];
  if (seconds) return requests;
  model.eachRequest(view.fromNs, toNs(view), (request) => {
    if (requests.length < requestsDrawnMax) requests.push(request);
  });
  return requests;
}
