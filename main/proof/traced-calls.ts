/**
 * What a thread asked of the system, as `strace -ff -y -xx -s 70000` wrote it down: a file per thread, a line per call, in order.
 */

export type TracedCall =
  | { readonly call: 'write'; readonly path: string; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly call: 'sync'; readonly path: string; readonly ok: boolean }
  | { readonly call: 'send'; readonly bytes: Uint8Array };

/** The system calls that matter, for strace's option `-e trace=`. */
export const tracedNames = 'sendto,sendmsg,sendmmsg,fdatasync,pwrite64,write';

/** strace's words: the trace of each thread goes into `file` with the thread's number behind it. */
export function straceWords(file: string): string[] {
  return ['strace', '-ff', '-y', '-xx', '-s', '70000', '-e', `trace=${tracedNames}`, '-o', file];
}

/** The calls of one thread; `write`s without a place (pipes, event counters) and other lines are left out. */
export function readTrace(text: string): TracedCall[] {
  return text.split('\n').flatMap(readLine);
}

function readLine(line: string): TracedCall[] {
  const [, name = '', path = ''] = /^(\w+)\(\d+<((?:\\x\w\w)*)>/.exec(line) ?? [];
  const file = new TextDecoder().decode(bytesIn(path));
  if (name === 'fdatasync') return [{ call: 'sync', path: file, ok: line.endsWith('= 0') }];
  if (name === 'pwrite64') {
    const [, data = '', offset = '', written = ''] = /, "((?:\\x\w\w)*)", \d+, (\d+)\) += (-?\d+)/.exec(line) ?? [];
    const bytes = bytesIn(data).subarray(0, Number(written));
    return [{ call: 'write', path: file, offset: Number(offset), bytes }];
  }
  if (name === 'sendto') return [{ call: 'send', bytes: bytesIn(/, "((?:\\x\w\w)*)"/.exec(line)?.[1] ?? '') }];
  if (name !== 'sendmsg' && name !== 'sendmmsg') return [];
  return [...line.matchAll(/msg_iov=\[(.*?)\], msg_iovlen/g)].map(([, parts = '']) => ({
    call: 'send',
    bytes: Buffer.concat([...parts.matchAll(/iov_base="((?:\\x\w\w)*)"/g)].map(([, data = '']) => bytesIn(data))),
  }));
}

function bytesIn(escaped: string): Uint8Array {
  return Buffer.from(escaped.replaceAll('\\x', ''), 'hex');
}
