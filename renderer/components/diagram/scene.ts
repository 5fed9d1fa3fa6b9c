/** Everything that one picture of the diagram is made of, and what of the stream comes into it. Pure but for the canvas's colours. */
import type { NodeId } from '../../../shared/ids.ts';
import type { FlightKind } from '../../../shared/projection/flights.ts';
import type { SecondFigures } from '../../../shared/projection/second-figures.ts';
import { graveMarks, type Edge, type Mark, type RequestSpan } from '../../stores/diagram/diagram-items.ts';
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

/** Where more datagrams are drawn, marks that say little are not. */
const edgesBesideQuietMax = 1_200;

/** What comes into the picture. */
export interface SceneContents {
  readonly edges: readonly Edge[];
  /** Instead of edges, where there are too many. */
  readonly density: Density | null;
  readonly marks: readonly Mark[];
  readonly requests: readonly RequestSpan[];
}

export function isShown(edge: Edge, hiddenKinds: ReadonlySet<FlightKind>): boolean {
  return !hiddenKinds.has(edge.kind) && !(edge.isRoutine && hiddenKinds.has('heartbeat'));
}

export function contentsOfScene(scene: Scene): SceneContents {
  const { view, layout, model, hiddenKinds, seconds } = scene;
  const [from, to] = [view.fromNs, toNs(view)];
  // What was lost has no end, and is drawn a little way on.
  const spareNs = (view.spanNs / Math.max(1, layout.width)) * 40;
  const edges: Edge[] = [];
  if (!seconds) {
    model.eachEdge(from - spareNs, to, (edge) => {
      if (!isShown(edge, hiddenKinds)) return true;
      if (layout.yOf(edge.from) === undefined || layout.yOf(edge.to) === undefined) return true;
      return edges.push(edge) <= edgesDrawnMax;
    });
  }
  const isDense = seconds !== null || edges.length > edgesDrawnMax;
  return {
    edges: isDense ? [] : edges,
    density: isDense ? densityOfScene(scene) : null,
    marks: seconds ? [] : marksOf(scene, isDense, edges.length <= edgesBesideQuietMax),
    requests: seconds ? [] : requestsOf(scene),
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

function marksOf({ view, layout, model }: Scene, isDense: boolean, withQuiet: boolean): readonly Mark[] {
  const marks: Mark[] = [];
  if (isDense) {
    model.eachGraveMark(view.fromNs, toNs(view), (mark) => marks.push(mark) < marksDrawnMax);
    return marks;
  }
  // One of a kind per pixel and lane: there are many of them, of the same few kinds.
  const taken = new Map<string, number>();
  model.eachMark(view.fromNs, toNs(view), (mark) => {
    if (!withQuiet && isQuiet(mark)) return true;
    const x = Math.round(xOf(view, layout.width, mark.timeNs));
    const name = `${mark.kind}${mark.node}`;
    if (!graveMarks.has(mark.kind) && taken.get(name) === x) return true;
    taken.set(name, x);
    return marks.push(mark) < marksDrawnMax;
  });
  return marks;
}

function requestsOf({ view, layout, model }: Scene): readonly RequestSpan[] {
  const requests: RequestSpan[] = [];
  let last = -1;
  model.eachRequest(view.fromNs, toNs(view), (request) => {
    const x = Math.round(xOf(view, layout.width, request.sentNs));
    const isShort = xOf(view, layout.width, request.answeredNs) - x < 2;
    // Of those that would stand in the same pixel one is enough.
    if (x === last && isShort && request.outcome === 'done') return true;
    last = x;
    return requests.push(request) < requestsDrawnMax;
  });
  return requests;
}

/** It says little, and there are many of it. */
export function isQuiet({ kind }: Mark): boolean {
  return kind === 'other' || kind === 'disk';
}
