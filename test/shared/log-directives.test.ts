import { describe, expect, it } from 'vitest';
import type { LabEvent } from '../../shared/event.ts';
import { LogFilter, parseLogDirectives, type LogDirectives } from '../../shared/log-directives.ts';
import { levelRank, logLevelOf, logLevels, logTargetOf, logTargets } from '../../shared/projection/log-line.ts';
import { sampleId, stamped } from '../support/log-lines.ts';

function directives(text: string): LogDirectives {
  const parsed = parseLogDirectives(text);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.value;
}

const everythingAt = (level: string): Record<string, string> =>
  Object.fromEntries(logTargets.map((target) => [target, level]));

describe('log directives', () => {
  it.each([
    ['', everythingAt('info')],
    [' , ', everythingAt('info')],
    ['warn', everythingAt('warn')],
    ['OFF', everythingAt('off')],
    ['raft=debug,net=trace', { ...everythingAt('info'), raft: 'debug', net: 'trace' }],
    ['warn,disk=debug', { ...everythingAt('warn'), disk: 'debug' }],
    ['disk = debug , warn', { ...everythingAt('warn'), disk: 'debug' }],
    ['off,raft', { ...everythingAt('off'), raft: 'trace' }],
    ['net=off', { ...everythingAt('info'), net: 'off' }],
    ['raft=debug,raft=warn,error,debug', { ...everythingAt('debug'), raft: 'warn' }],
  ])('%j', (text, wanted) => {
    expect(directives(text)).toEqual(wanted);
  });

  it.each([
    ['loud', '"loud" is neither a log level (error, warn, info, debug, trace, off) nor a log target (raft, net,'],
    [
      'raft=loud',
      'There is no log level "loud" (in "raft=loud"). The levels are: error, warn, info, debug, trace, off.',
    ],
    ['raft=', 'There is no log level "" (in "raft=").'],
    ['raft=debug=x', 'There is no log level "debug" (in "raft=debug=x").'],
    ['info,rafd=debug', 'There is no log target "rafd" (in "rafd=debug"). The targets are: raft, net, disk,'],
    ['info=debug', 'There is no log target "info"'],
  ])('%j is refused with what there is', (text, message) => {
    const parsed = parseLogDirectives(text);
    expect(parsed).toMatchObject({ ok: false, failure: { code: 'invalid' } });
    expect(parsed.ok ? '' : parsed.failure.message).toContain(message);
  });
});

const refused: LabEvent = stamped({
  type: 'pre-vote-answered',
  candidateId: 1,
  term: 2,
  granted: false,
  reason: 'it hears a leader',
});
const granted: LabEvent = stamped({ type: 'pre-vote-answered', candidateId: 1, term: 2, granted: true, reason: '' });
const stopping: LabEvent = stamped({ type: 'node-stopping', reason: 'asked to' });
const sending: LabEvent = stamped({
  type: 'datagram-sent',
  to: 1,
  datagram: 1,
  uuid: sampleId,
  bytes: 100,
  message: { kind: 'read-index', round: 1 },
});

describe('a log filter', () => {
  it('wants exactly what is at or above the level of its target', () => {
    for (const level of logLevels)
      for (const target of logTargets) {
        const filter = new LogFilter(directives(`off,${target}=${level}`));
        for (const event of [refused, granted, stopping, sending]) {
          const wanted = logTargetOf(event) === target && levelRank(logLevelOf(event)) <= levelRank(level);
          // Twice: the second time from what it remembers of the type.
          expect([filter.wants(event), filter.wants(event)]).toEqual([wanted, wanted]);
          expect(filter.mayWant(event.type) || !wanted).toBe(true);
        }
      }
  });

  it('tells by type alone where the level is the same for all of it', () => {
    const filter = new LogFilter(directives('warn'));
    expect(['datagram-sent', 'node-stopping'].map((type) => filter.mayWant(type as LabEvent['type']))).toEqual([
      false,
      false,
    ]);
    expect(filter.mayWant('pre-vote-answered')).toBe(true);
    expect([filter.wants(refused), filter.wants(granted)]).toEqual([true, false]);
    expect(new LogFilter(directives('off')).mayWant('pre-vote-answered')).toBe(false);
  });

  it('throws for an event that it does not know, instead of showing nothing', () => {
    const event = { ...stopping, type: 'levitated' } as never;
    expect(() => new LogFilter(directives('trace')).wants(event)).toThrow('levitated');
  });
});
