import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDoor, type TestDoor } from '../../../support/test-door.ts';
import { ask } from '../../../support/web-page.ts';

let door: TestDoor;
beforeEach(async () => {
  door = await openTestDoor();
});
afterEach(() => door.close());

describe('the page', () => {
  it('is given out with a strict policy and no token in sight', async () => {
    const { status, headers, body } = await ask(door.port, '/');
    expect(status).toBe(200);
    expect(body).toContain('<title>Raft Lab</title>');
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${door.port};`);
    expect(JSON.stringify([headers, body])).not.toContain(new URL(door.url).hash.slice(1));
  });

  it('is there under the name localhost and through a tunnel too, and may connect there', async () => {
    const { status, headers } = await ask(door.port, '/', { Host: 'localhost:8080' });
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("connect-src 'self' ws://localhost:8080;");
  });

  it('is not given to another name that points here', async () => {
    const { status, body } = await ask(door.port, '/', { Host: `evil.example:${door.port}` });
    expect(status).toBe(403);
    expect(body).not.toContain('Raft Lab</title>');
  });

  it.each(['/../secret.html', '/%2e%2e/secret.html', '/..%2fsecret.html', '/missing.html', '/%'])(
    'has no file %s',
    async (path) => {
      const { status, body } = await ask(door.port, path);
      expect(status).toBe(404);
      expect(body).toBe('Not found.\n');
    },
  );

  it('is for reading only', async () => {
    expect(await ask(door.port, '/', {}, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    expect(await ask(door.port, '/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });
});
