import { expect, it } from 'vitest';
import { createPending } from '../../../main/client/pending-request.ts';
import { Servers } from '../../../main/client/servers.ts';
import { describeSilence } from '../../../main/client/silence.ts';
import { serverAt, threeServers } from '../../support/client-world.ts';

const noSession = { sessionId: null, lastFailure: null };
const append = () => createPending(1, { kind: 'append', entries: [] }, 1_000, 0, () => {});

it('names all places where nobody was', () => {
  const { code, text } = describeSilence(append(), new Servers(threeServers), noSession);
  expect(code).toBe('not-running');
  expect(text).toContain('127.0.0.1:7000, 127.0.0.1:7001, 127.0.0.1:7002');
});

it('names the server that did not answer, the session that is not there, or the others before it', () => {
  const servers = new Servers(threeServers);
  servers.onProven(serverAt(1), 10);
  expect(describeSilence(append(), servers, noSession)).toMatchObject({ code: 'no-leader' });
  const lastFailure = { code: 'timed-out', message: 'Nobody led.' } as const;
  expect(describeSilence(append(), servers, { ...noSession, lastFailure }).text).toContain('(Nobody led.)');
  expect(describeSilence(append(), servers, { sessionId: 1, lastFailure: null }).code).toBe('overloaded');
  const sent = Object.assign(append(), { sends: 1, target: 1 });
  expect(describeSilence(sent, servers, noSession).text).toBe('Server 1 at 127.0.0.1:7001 did not answer in time');
});
