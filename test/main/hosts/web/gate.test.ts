import { describe, expect, it } from 'vitest';
import { isOwnHost, isOwnOrigin, isToken, makeToken, offeredToken } from '../../../../main/hosts/web/gate.ts';
import { bridgeProtocol } from '../../../../shared/bridge.ts';
import { doorProtocol } from '../../../../shared/door.ts';

describe('the host that a request names', () => {
  it.each(['127.0.0.1:4000', 'localhost:4000', '[::1]:4000', 'localhost'])('may be %s', (host) => {
    expect(isOwnHost(host)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:4000',
    'localhost.evil.example:4000',
    '127.0.0.1.evil.example',
    '127.0.0.1:4000@evil.example',
    'LOCALHOST:x',
    '10.0.0.1:4000',
  ])('may not be %s', (host) => {
    expect(isOwnHost(host)).toBe(false);
  });
});

describe('the origin of a page', () => {
  it('is the host that the page asks, name and port', () => {
    expect(isOwnOrigin('http://127.0.0.1:4000', '127.0.0.1:4000')).toBe(true);
  });

  it.each([
    undefined,
    'null',
    'http://evil.example',
    'http://127.0.0.1:4001',
    'http://localhost:4000',
    'https://127.0.0.1:4000',
  ])('is not %s', (origin) => {
    expect(isOwnOrigin(origin, '127.0.0.1:4000')).toBe(false);
  });
});

describe('the token', () => {
  it('is 32 random bytes in letters that an address and a subprotocol may hold', () => {
    const [one, other] = [makeToken(), makeToken()];
    expect(one).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(other).not.toBe(one);
  });

  it('stands behind the protocol that page and server agree on', () => {
    expect(doorProtocol).toBe(`raft-lab.${bridgeProtocol}`);
    expect(offeredToken(`${doorProtocol}, abc`)).toBe('abc');
    expect(offeredToken(`${doorProtocol},abc`)).toBe('abc');
  });

  it.each([undefined, '', 'abc', doorProtocol, `abc, ${doorProtocol}`, `raft-lab.0, abc`, `${doorProtocol}, a, b`])(
    'is not found in %s',
    (header) => {
      expect(offeredToken(header)).toBeUndefined();
    },
  );

  it('is this one and no other', () => {
    const token = makeToken();
    expect(isToken(token, token)).toBe(true);
    expect(isToken(makeToken(), token)).toBe(false);
    expect(isToken(token.slice(0, -1), token)).toBe(false);
    expect(isToken('', token)).toBe(false);
    expect(isToken(undefined, token)).toBe(false);
  });
});
