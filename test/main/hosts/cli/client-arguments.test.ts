import { describe, expect, it } from 'vitest';
import { readAppendArguments, readRangeArguments } from '../../../../main/hosts/cli/client-arguments.ts';

const server = { host: '127.0.0.1', port: 11_110 };
const to = ['--to', '127.0.0.1:11110'];

describe('the arguments of append', () => {
  it('are texts, or nothing where they come from standard input', () => {
    const plain = { servers: [server], timeoutMs: 5_000, json: false };
    expect(readAppendArguments([...to, 'foo', 'bar baz'])).toEqual({ ...plain, texts: ['foo', 'bar baz'] });
    expect(readAppendArguments(to)).toEqual(plain);
    expect(readAppendArguments([...to, '-'])).toEqual(plain);
    expect(readAppendArguments([...to, '--', '--json'])).toEqual({ ...plain, texts: ['--json'] });
    expect(readAppendArguments([...to, ''])).toEqual({ ...plain, texts: [''] });
  });

  it('take several servers, a key, a condition and a timeout', () => {
    const words = ['--to', '127.0.0.1:11110, [::1]:7', '--key=k', '--expect=17:3', '--timeout=0.5', '--json', 'foo'];
    expect(readAppendArguments(words)).toEqual({
      servers: [server, { host: '::1', port: 7 }],
      keyFile: 'k',
      texts: ['foo'],
      expect: { prevLogIndex: 17, prevLogTerm: 3 },
      timeoutMs: 500,
      json: true,
    });
  });

  it.each([
    [['foo'], 'append: --to is missing. Give the address of a node'],
    [['--to', '', 'foo'], 'append: --to is missing'],
    [['--to', 'here', 'foo'], '--to: "here" is no address'],
    [['--to', '127.0.0.1:1,', 'foo'], '--to: "" is no address'],
    [
      ['--to', '10.0.0.1:1', 'foo'],
      'append: 10.0.0.1:1 can be reached from other machines, so the cluster needs a key',
    ],
    [[...to, '--timeout', '0', 'foo'], '--timeout must be seconds, from 0.001 to 600, not "0".'],
    [[...to, '--timeout', '601', 'foo'], '--timeout must be seconds'],
    [[...to, '--timeout', 'soon', 'foo'], '--timeout must be seconds'],
    [[...to, '--expect', '17', 'foo'], "--expect must be the last entry's INDEX:TERM, like 17:3"],
    [[...to, '--expect', '9999999999999999:1', 'foo'], '--expect must be'],
    [[...to, '--expect', '0:0'], '--expect is about one append: give its texts as words'],
    [[...to, '-foo'], "append: Unknown option '-f'. Put texts that begin with a dash last, behind --."],
  ])('%j are refused', (words, message) => {
    expect(() => readAppendArguments(words)).toThrow(message);
  });
});

describe('the arguments of range', () => {
  it('are both ends, and how to read', () => {
    const plain = { servers: [server], timeoutMs: 5_000, json: false };
    const all = { ...plain, startIndex: 0, endIndex: Number.MAX_SAFE_INTEGER };
    expect(readRangeArguments([...to, '0', '9007199254740991'])).toEqual({ ...all, read: 'linearizable' });
    expect(readRangeArguments([...to, '3', '3', '--read', 'local', '--json'])).toEqual({
      ...plain,
      startIndex: 3,
      endIndex: 3,
      read: 'local',
      json: true,
    });
  });

  it.each([
    [[...to], 'range needs two indexes, START and END'],
    [[...to, '1'], 'range needs two indexes'],
    [[...to, '1', '2', '3'], 'range needs two indexes'],
    [[...to, '5', '3'], 'range 5 3: give the smaller index first.'],
    [[...to, 'a', '3'], 'range: START must be an index, a whole number from 0 up, not "a".'],
    [[...to, '1', '9007199254740992'], 'range: END must be an index'],
    [[...to, '1', '2', '--read', 'fast'], '--read must be linearizable, lease or local, not "fast".'],
    [[...to, '1', '2', '--expect', '1:1'], "range: Unknown option '--expect'"],
  ])('%j are refused', (words, message) => {
    expect(() => readRangeArguments(words)).toThrow(message);
  });
});
