/** Figures of seconds as the columns of charts: one row a second (or bucket) without a hole, counts as rates. */
import { mergeSeconds, type NodeSecond, type SecondFigures } from '../../../shared/projection/second-figures.ts';
import { bucketSeconds, singleSecondsMax, type SecondBook } from './second-book.ts';

export type ChartSpan = 'minute' | 'ten-minutes' | 'all';

/** A row of figures: a second, or several together. */
export interface FigureRow {
  /** s of the stream */
  readonly from: number;
  readonly seconds: number;
  /** ms; null where nothing was answered */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** A second, on average. */
  readonly appended: number;
  readonly reads: number;
  readonly failed: number;
  readonly sent: number;
  readonly lost: number;
  /** In all. */
  readonly elections: number;
}

/** Rows of a chart, at most. */
const rowsMax = 600;

/** What a chart of `span` shows, up to and with the second `until`. */
export function rowsOf({ older, recent }: SecondBook, span: ChartSpan, until: number): readonly FigureRow[] {
  if (span !== 'all') {
    const seconds = span === 'minute' ? 60 : singleSecondsMax;
    return dense(
      recent.filter(({ second }) => second > until - seconds),
      1,
      Math.max(recent[0]?.second ?? until, until - seconds + 1),
      until,
    );
  }
  const [first] = older.length > 0 ? older : recent;
  if (!first) return [];
  const length = until - first.second + 1;
  const perRow = older.length === 0 && length <= rowsMax ? 1 : roundUp(Math.ceil(length / rowsMax));
  const from = Math.floor(first.second / perRow) * perRow;
  return dense(perRow === 1 ? recent : mergeSeconds([...older, ...recent], perRow), perRow, from, until);
}

/** A multiple of what older figures come in. */
function roundUp(seconds: number): number {
  return Math.ceil(seconds / bucketSeconds) * bucketSeconds;
}

function dense(figures: readonly SecondFigures[], perRow: number, from: number, until: number): readonly FigureRow[] {
  const bySecond = new Map(figures.map((each) => [each.second, each]));
  const rows: FigureRow[] = [];
  for (let second = from; second <= until; second += perRow) rows.push(rowOf(second, perRow, bySecond.get(second)));
  return rows;
}

function rowOf(from: number, seconds: number, figures: SecondFigures | undefined): FigureRow {
  const latency = figures?.latencyNs;
  const rate = (count: number | undefined): number => (count ?? 0) / seconds;
  const total = (of: keyof NodeSecond): number => (figures?.nodes ?? []).reduce((sum, node) => sum + node[of], 0);
  return {
    from,
    seconds,
    p50: latency ? latency.p50 / 1e6 : null,
    p95: latency ? latency.p95 / 1e6 : null,
    p99: latency ? latency.p99 / 1e6 : null,
    appended: rate(figures?.appended),
    reads: rate(figures?.reads),
    failed: rate(figures?.failed),
    sent: rate(total('sent')),
    lost: rate(total('lost')),
    elections: figures?.elections ?? 0,
  };
}

/** The row in which a time of the stream lies. */
export function rowAt(rows: readonly FigureRow[], seconds: number): FigureRow | undefined {
  return rows.findLast(({ from }) => from <= seconds);
}
