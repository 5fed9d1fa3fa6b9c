import { expect, it } from 'vitest';
import type { ChangeMembershipRequest } from '../../shared/client-request.ts';
import type { Server } from '../../shared/configuration.ts';
import { checkMembership, checkNodeId } from '../../shared/check-membership.ts';

const servers = (...ids: number[]): Server[] => ids.map((id) => ({ id, storage: 0 }));
const upTo = (count: number, first = 0): Server[] => servers(...Array.from({ length: count }, (_, at) => first + at));

function change(voters: readonly Server[], learners: readonly Server[] = [], mode = 'joint'): ChangeMembershipRequest {
  return { kind: 'change-membership', mode: mode as 'joint', voters, learners };
}

it.each([
  ['one voter', change(servers(7))],
  ['as many as there may be', change(upTo(9), upTo(32, 100))],
  ['servers with their folders', change([{ id: 0, storage: 2 ** 48 - 1 }], [], 'single-server')],
])('takes %s', (_what, request) => {
  expect(checkMembership(request)).toBeUndefined();
});

it.each([
  ['no voters', change([], servers(1)), 'without voters'],
  ['too many voters', change(upTo(10)), '10 voters are named; a cluster has up to 9'],
  ['too many learners', change(servers(0), upTo(33, 1)), '33 learners are named'],
  ['a voter that is named twice', change(servers(1, 2, 1)), 'Node 1 is named twice'],
  ['a voter that learns', change(servers(1, 2), servers(2)), 'Node 2 is named twice'],
  ['a strange id', change(servers(1, -1)), 'The id of a server is -1'],
  ['half a folder', change([{ id: 1, storage: 0.5 }]), 'The storage number of node 1 is 0.5'],
  ['no folder at all', change([{ id: 1 } as Server]), 'The storage number of node 1 is undefined'],
  ['an unknown mode', change(servers(1), [], 'slow'), '"slow" is no way'],
])('refuses %s', (_what, request, message) => {
  expect(checkMembership(request)).toMatchObject({ code: 'invalid', message: expect.stringContaining(message) });
});

it('knows a node id', () => {
  expect(checkNodeId('to', 0)).toBeUndefined();
  expect(checkNodeId('to', '0')).toMatchObject({
    message: 'to is 0, and that is no node id. Give a whole number from 0 to 65534.',
  });
});
