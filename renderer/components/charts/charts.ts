/** The charts of the pane, from the top. */
import { text } from '../../text/charts.ts';
import type { ChartSeries } from './chart-options.ts';

const { series: label } = text;
const rate = (value: number | null): string => text.rate(value ?? 0);

export interface ChartOf {
  readonly name: string;
  readonly unit: string;
  readonly format: (value: number | null) => string;
  readonly series: readonly ChartSeries[];
}

export const charts: readonly ChartOf[] = [
  {
    name: text.latency,
    unit: text.ms,
    format: text.milliseconds,
    series: [
      { key: 'p50', label: label.p50, colour: '--tone-info' },
      { key: 'p95', label: label.p95, colour: '--tone-warn', dash: [6, 3] },
      { key: 'p99', label: label.p99, colour: '--role-candidate', dash: [2, 3] },
    ],
  },
  {
    name: text.throughput,
    unit: text.perSecond,
    format: rate,
    series: [
      { key: 'appended', label: label.appended, colour: '--tone-good' },
      { key: 'reads', label: label.reads, colour: '--tone-info', dash: [6, 3] },
      { key: 'failed', label: label.failed, colour: '--tone-bad', dash: [2, 3] },
    ],
  },
  {
    name: text.datagrams,
    unit: text.perSecond,
    format: rate,
    series: [
      { key: 'sent', label: label.sent, colour: '--tone-info' },
      { key: 'lost', label: label.lost, colour: '--tone-bad', dash: [2, 3] },
    ],
  },
  {
    name: text.elections,
    unit: text.count,
    format: rate,
    series: [{ key: 'elections', label: label.elections, colour: '--role-candidate', isBar: true }],
  },
];
