import { describe, expect, it } from 'vitest';
import { formatKeyText, keyFromHex, localClusterKey, parseKeyText } from '../../../main/node/key-text.ts';

const clusterId = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';
const hex = '00ff'.repeat(16);
const key = keyFromHex(hex) ?? new Uint8Array();

describe('the text of a key', () => {
  it('is one line with the cluster and the key, and reads as what it was made of', () => {
    expect(formatKeyText({ clusterId, key })).toBe(`${clusterId}:${hex}\n`);
    expect(parseKeyText(formatKeyText({ clusterId, key }))).toEqual({ ok: true, value: { clusterId, key } });
  });

  it('bears what editors and terminals do to it', () => {
    for (const text of [`${clusterId}:${hex}`, `  ${clusterId}:${hex}\r\n\n`, `${clusterId}:${hex}`.toUpperCase()])
      expect(parseKeyText(text)).toEqual({ ok: true, value: { clusterId, key } });
  });

  it.each([
    ['', 'It is empty.'],
    [hex, 'It holds a key, but not of which cluster'],
    ['secret', 'It does not hold a key: one line'],
    [`${clusterId}:${hex.slice(1)}`, 'It does not hold a key'],
    [`${clusterId}:${hex.slice(2)}xy`, 'It does not hold a key'],
    [`${clusterId}:${hex}:`, 'It does not hold a key'],
    [`no-uuid:${hex}`, 'It does not hold a key'],
    [`${clusterId}:${hex}\n${clusterId}:${hex}`, 'It does not hold a key'],
  ])('is not read from %j, and no message repeats it', (text, start) => {
    const parsed = parseKeyText(text);
    const message = parsed.ok ? '' : parsed.failure.message;
    expect(parsed).toMatchObject({ ok: false, failure: { code: 'invalid' } });
    expect(message.startsWith(start)).toBe(true);
    expect(message).not.toContain('00ff');
  });
});

it('the key of one machine is the same everywhere', () => {
  expect(parseKeyText(formatKeyText(localClusterKey))).toEqual({ ok: true, value: localClusterKey });
});
