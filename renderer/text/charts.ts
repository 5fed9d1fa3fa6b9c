/** Text of the charts pane. */

const rateText = (perSecond: number): string =>
  perSecond > 0 && perSecond < 10
    ? perSecond.toFixed(1).replace(/\.0$/, '')
    : Math.round(perSecond).toLocaleString('en');

function millisecondsText(ms: number | null): string {
  if (ms === null) return '–';
  return ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : Math.round(ms).toLocaleString('en');
}

export const text = {
  title: 'Charts',
  span: 'How far back',
  spans: { minute: '1 min', 'ten-minutes': '10 min', all: 'All' },
  face: 'Charts or table',
  charts: 'Charts',
  table: 'Table',
  latency: 'Latency of answers',
  throughput: 'Answers',
  elections: 'Elections',
  datagrams: 'Datagrams',
  ms: 'ms',
  perSecond: 'a second',
  count: 'in all',
  series: {
    p50: 'p50',
    p95: 'p95',
    p99: 'p99',
    appended: 'entries appended',
    reads: 'reads',
    failed: 'failed',
    elections: 'elections',
    sent: 'sent',
    lost: 'lost',
  },
  rate: rateText,
  milliseconds: millisecondsText,
  loadingTitle: 'Adding up the session',
  emptyTitle: 'Nothing has happened yet',
  emptyText: 'Start a cluster: each second that passes is counted here.',
  failedTitle: 'The figures did not come',
  time: 'Time',
  goThere: (clock: string): string => `Show ${clock}`,
  tableCaption: 'Figures of each second, the latest first. Choosing a time shows that moment.',
  bandsHint: 'Red bands: a fault was in force. Click: show that moment.',
};
