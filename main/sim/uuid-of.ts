/** A version 4 uuid in form: the first 32 bits of `first`, the last 48 of `last`. */
export function uuidOf(first: number, last: number): string {
  const head = (first >>> 0).toString(16).padStart(8, '0');
  return `${head}-${hex4(last >>> 16)}-4000-8000-${last.toString(16).padStart(12, '0').slice(-12)}`;
}

function hex4(value: number): string {
  return (value & 0xffff).toString(16).padStart(4, '0');
}
