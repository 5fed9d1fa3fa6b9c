/** Text of the form for clients that ask by themselves. */
const number = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

const kinds = {
  append: 'Append',
  conditionalAppend: 'Conditional',
  linearizableRead: 'Linearizable',
  leaseRead: 'Lease read',
  localRead: 'Local read',
} as const;

export const text = {
  title: 'Load',
  clients: 'Clients',
  rate: 'Requests a second',
  asFastAsAnswered: 'as answered',
  payloadBytes: 'Payload bytes',
  whom: 'They ask',
  anyNode: 'Everybody in turn',
  leader: 'Whoever leads',
  mix: 'How often, against the others',
  kindName: (kind: keyof typeof kinds): string => kinds[kind],
  sessions: 'Client sessions: repeat what is unknown',
  start: 'Start the load',
  restart: 'Start anew',
  stop: 'Stop',
  state: 'The load',
  isRunning: 'It runs. Of the last second:',
  hasEnded: (reason: string): string => `It has ended${reason === '' ? '' : `: ${reason}`} Altogether:`,
  answered: 'Answered',
  perSecond: (rate: number): string => `${number.format(rate)}/s`,
  p50: 'Median',
  p99: 'p99',
  failed: 'Failed',
  unknown: 'Unknown',
  notWhole: (name: string): string => `${name} must be a whole number.`,
};
