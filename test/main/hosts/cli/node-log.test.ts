import { describe, expect, it } from 'vitest';
import type { LogFormat } from '../../../../main/hosts/cli/node-arguments.ts';
import { NodeLog } from '../../../../main/hosts/cli/node-log.ts';
import { limits } from '../../../../shared/cluster-config.ts';
import type { LabEvent } from '../../../../shared/event.ts';
import { parseLogDirectives } from '../../../../shared/log-directives.ts';
import { stamped } from '../../../support/log-lines.ts';

const originMs = Date.UTC(2026, 0, 1);

/** A log whose clocks and reader the test moves. */
function openLog(text: string, format: LogFormat) {
  const directives = parseLogDirectives(text);
  if (!directives.ok) throw new Error(directives.failure.message);
  const writes: string[] = [];
  const world = { nowMs: 0, setBackMs: 0, writableLength: 0 };
  const log = new NodeLog({
    node: 3,
    directives: directives.value,
    format,
    stream: {
      write: (written) => writes.push(written),
      get writableLength() {
        return world.writableLength;
      },
    },
    nowNs: () => world.nowMs * 1e6,
    wallMs: () => originMs + world.nowMs - world.setBackMs,
  });
  return { log, world, writes };
}

const at = (ms: number, reason = 'asked to'): LabEvent => ({
  ...stamped({ type: 'node-stopping', reason }, 3),
  timeNs: ms * 1e6,
});
const applied: LabEvent = stamped({ type: 'entries-applied', from: 1, to: 2, digest: 5 }, 3);

describe('the log of a node', () => {
  it('is readable lines with the time of the wall clock, a turn in one piece', () => {
    const { log, writes } = openLog('info', 'text');
    log.take([at(1_500), applied, at(2_000, 'again')]);
    expect(writes).toEqual([
      '2026-01-01T00:00:01.500Z  node 3   info   node    STOPS: asked to\n' +
        '2026-01-01T00:00:02.000Z  node 3   info   node    STOPS: again\n',
    ]);
  });

  it('or JSON, one object a line, with the whole event', () => {
    const { log, writes } = openLog('info', 'json');
    log.take([at(1_500, 'a\nb')]);
    log.say('error', 'The disk failed.');
    const lines = writes.join('').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        time: '2026-01-01T00:00:01.500Z',
        node: 3,
        level: 'info',
        target: 'node',
        text: 'STOPS: a⏎b',
        event: at(1_500, 'a\nb'),
      },
      { time: '2026-01-01T00:00:00.000Z', node: 3, level: 'error', target: 'node', text: 'The disk failed.' },
    ]);
  });

  it('writes what is wanted and nothing else', () => {
    const { log, writes } = openLog('off', 'text');
    log.take([at(1), applied]);
    expect(writes).toEqual([]);
    log.say('error', 'The disk failed.');
    expect(writes).toEqual(['raft-lab: The disk failed.\n']);
  });

  it('follows the wall clock when it was set, and not when it jitters', () => {
    const { log, world, writes } = openLog('info', 'text');
    world.setBackMs = 1;
    log.take([at(0)]);
    world.setBackMs = 3_600_000;
    log.take([at(0)]);
    expect(writes.map((line) => line.slice(0, 24))).toEqual(['2026-01-01T00:00:00.000Z', '2025-12-31T23:00:00.000Z']);
  });

  it('leaves lines out, and counts them, while nobody reads', () => {
    const { log, world, writes } = openLog('info', 'text');
    world.writableLength = limits.nodeLogBufferedBytesMax + 1;
    log.take([at(0), at(0)]);
    log.take([at(0)]);
    expect(writes).toEqual([]);
    world.writableLength = 0;
    log.take([at(0)]);
    expect(writes).toHaveLength(2);
    expect(writes[1]).toBe('raft-lab: 3 log lines were left out before these: nobody read them fast enough.\n');
  });
});
