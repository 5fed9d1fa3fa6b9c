import { expect, it } from 'vitest';
import { parseLogDirectives } from '../../../shared/log-directives.ts';
import { writeLogDirectives } from '../../../renderer/stores/log-levels.ts';

it.each(['info', 'off,raft=debug', 'info,raft=debug,net=trace', 'trace,disk=off'])(
  'writes %s as a person would',
  (text) => {
    const parsed = parseLogDirectives(text);
    expect(parsed.ok && writeLogDirectives(parsed.value)).toBe(text);
  },
);
