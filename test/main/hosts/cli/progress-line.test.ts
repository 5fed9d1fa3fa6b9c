import { beforeEach, describe, expect, it } from 'vitest';
import { ProgressLine } from '../../../../main/hosts/cli/progress-line.ts';

let nowMs: number;
let written: string;
beforeEach(() => {
  nowMs = 0;
  written = '';
});

function start(isTTY: boolean): ProgressLine {
  const output = {
    isTTY,
    write: (text: string) => {
      written += text;
    },
  };
  return new ProgressLine('Fetching', output, () => nowMs);
}

function show(line: ProgressLine, atMs: number, bytes: number): void {
  nowMs = atMs;
  line.show(bytes);
}

describe('a progress line', () => {
  it('says nothing of what is done at once', () => {
    const line = start(true);
    show(line, 699, 1);
    line.end();
    expect(written).toBe('');
  });

  it('changes in place on a terminal, and is gone at the end', () => {
    const line = start(true);
    show(line, 700, 1_000_000);
    show(line, 701, 2_500_000);
    line.end();
    expect(written).toBe('\r\u001B[KFetching: 1.0 MB\r\u001B[KFetching: 2.5 MB\r\u001B[K');
  });

  it('is repeated now and then elsewhere', () => {
    const line = start(false);
    for (let atMs = 0; atMs <= 11_000; atMs += 100) show(line, atMs, atMs * 1000);
    line.end();
    expect(written).toBe('Fetching: 0.7 MB\nFetching: 5.7 MB\nFetching: 10.7 MB\n');
  });
});
