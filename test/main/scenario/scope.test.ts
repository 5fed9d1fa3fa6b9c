import { expect, it } from 'vitest';
import { missingName, newScope, serverIn } from '../../../main/scenario/scope.ts';

it('knows the servers of the cluster, and names once they are given', () => {
  const scope = newScope(3);
  expect(serverIn(scope, 2)).toEqual({ kind: 'id', id: 2 });
  expect(serverIn(scope, 3)).toBe('there is no node 3: the cluster has nodes 0 to 2');
  expect(serverIn(newScope(1), 1)).toBe('there is no node 1: the cluster has only node 0');
  expect(serverIn(scope, 'leeder')).toBe('"leeder" names no server so far; did you mean "leader"?');
  scope.servers.add('old');
  expect(serverIn(scope, 'old')).toEqual({ kind: 'named', name: 'old' });
  expect(serverIn(scope, {})).toMatch(/^expected a server: a number, leader,/);
});

it('says which names there are', () => {
  expect(missingName(new Set(), 'x', 'request')).toBe('there is no request "x"; no request has a name (as: …)');
  expect(missingName(new Set(['a', 'b']), 'x', 'step')).toBe('there is no step "x"; named are a, b');
  expect(missingName(new Set(['a']), 'a', 'step')).toBeUndefined();
});
