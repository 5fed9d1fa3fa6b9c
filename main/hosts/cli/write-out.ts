/**
 * Standard output, waited for: a process that ends while a pipe is full would cut off what it printed.
 */

/** Settles when the system has taken the lines; also when nobody reads them any more (`| head`). */
export function writeLines(lines: readonly string[], stream: NodeJS.WritableStream = process.stdout): Promise<void> {
  if (lines.length === 0) return Promise.resolve();
  return new Promise((resolve) => {
    stream.write(`${lines.join('\n')}\n`, () => resolve());
  });
}
