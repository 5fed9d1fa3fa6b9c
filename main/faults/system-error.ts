/** An error as the system's own are: its name in `code`, `EIO`. */
export function systemError(code: string, what: string): Error {
  return Object.assign(new Error(`${code}: ${what}`), { code });
}
