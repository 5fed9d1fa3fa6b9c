/**
 * Whether the scenario files are to be written anew.
 */

/** @throws Error where nobody would read the difference: a machine must not approve what it did itself. */
export function isUpdate({ UPDATE_SCENARIOS, CI }: Readonly<Record<string, string | undefined>>): boolean {
  const wanted = isSet(UPDATE_SCENARIOS);
  if (wanted && isSet(CI)) throw new Error('UPDATE_SCENARIOS is for people who read the difference, not for CI');
  return wanted;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
