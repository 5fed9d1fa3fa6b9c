/** Where things stand from top to bottom: the axis, the clients' requests, a lane for each node. Pure. */
import { isClientId, type NodeId } from '../../../shared/ids.ts';

export const axisHeight = 24;
/** Left of the lanes, for their names. */
export const gutterWidth = 76;
const requestRowHeight = 7;

export interface Lane {
  readonly node: NodeId;
  /** Of its middle line. */
  readonly y: number;
}

export interface DiagramLayout {
  readonly width: number;
  readonly height: number;
  readonly requestTop: number;
  readonly requestRows: number;
  readonly lanes: readonly Lane[];
  /** Half of the height of a lane's band. */
  readonly bandHalf: number;
  /** Half of the distance between two lanes. */
  readonly laneHalf: number;
  /** Of a node's middle line; clients have theirs below the requests. Undefined for a node that is not shown. */
  yOf(node: NodeId): number | undefined;
}

export function layoutOf(width: number, height: number, nodes: readonly NodeId[]): DiagramLayout {
  const requestRows = height >= 420 ? 5 : height >= 240 ? 3 : 1;
  const requestTop = axisHeight + 6;
  const top = requestTop + requestRows * requestRowHeight + 8;
  const spacing = Math.min(120, (height - top - 4) / Math.max(1, nodes.length));
  const lanes = nodes.map((node, at) => ({ node, y: Math.round(top + spacing * (at + 0.5)) + 0.5 }));
  const byNode = new Map(lanes.map(({ node, y }) => [node, y]));
  const clientY = requestTop + requestRows * requestRowHeight;
  return {
    width,
    height,
    requestTop,
    requestRows,
    lanes,
    bandHalf: Math.max(2, Math.min(8, spacing / 7)),
    laneHalf: spacing / 2,
    yOf: (node) => (isClientId(node) ? clientY : byNode.get(node)),
  };
}

export function requestRowY({ requestTop, requestRows }: DiagramLayout, row: number): number {
  return requestTop + Math.min(row, requestRows - 1) * requestRowHeight + requestRowHeight / 2;
}

/** The shown node whose lane is nearest to a height. */
export function laneAt({ lanes, laneHalf }: DiagramLayout, y: number): NodeId | undefined {
  return lanes.find((lane) => Math.abs(lane.y - y) <= laneHalf)?.node;
}
