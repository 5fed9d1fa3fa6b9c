import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import { votersOnly, type Configuration, type Server } from '../../../shared/configuration.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { drawInteger, drawPercent } from '../../../shared/random.ts';
import type { RuleId } from '../../../shared/rules.ts';
import {
  describeShare,
  hasQuorum,
  isVoter,
  majorityOf,
  quorumValue,
  votesNeeded,
  waiveQuorumRules,
} from '../../../main/raft/quorum.ts';
import { beginStep } from '../../../main/raft/step-context.ts';
import { eventsOf, stateOf } from '../../support/core-messages.ts';

function stateWith(bootstrap: Configuration, rulesOff: readonly RuleId[] = []) {
  return stateOf({ bootstrap, rulesOff });
}

/** All subsets of the voters, one per bit pattern. */
function subsetsOf<T>(items: readonly T[]): T[][] {
  return Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((_item, at) => (bits >> at) & 1));
}

const servers = (ids: readonly NodeId[], storage = 1): Server[] => ids.map((id) => ({ id, storage }));
const sizes = Array.from({ length: limits.nodesMax }, (_, position) => position + 1);

describe.each(sizes)('majorities of %i servers', (size) => {
  const voters = Array.from({ length: size }, (_, id) => id);
  const state = stateWith(votersOnly(voters));

  it('a set is a majority exactly when it is larger than the rest', () => {
    for (const granted of subsetsOf(voters)) {
      expect(hasQuorum(state, servers(granted))).toBe(granted.length > size - granted.length);
    }
  });

  it('majorityOf is the size of the smallest majority', () => {
    const majorities = subsetsOf(voters).filter((set) => hasQuorum(state, servers(set)));
    expect(majorityOf(size)).toBe(Math.min(...majorities.map(({ length }) => length)));
    expect(votesNeeded(state)).toBe(majorityOf(size));
  });

  it('any two smallest majorities share a server', () => {
    const majorities = subsetsOf(voters).filter((set) => set.length === majorityOf(size));
    for (const one of majorities) {
      for (const other of majorities) expect(one.some((voter) => other.includes(voter))).toBe(true);
    }
  });
});

describe('quorumValue', () => {
  it('is the largest value that a majority has reached: brute force over all values from 0 to 3, up to 5 servers', () => {
    for (const size of [1, 2, 3, 4, 5]) {
      const voters = Array.from({ length: size }, (_, id) => id);
      const state = stateWith(votersOnly(voters));
      for (let number = 0; number < 4 ** size; number++) {
        const values = voters.map((id) => Math.floor(number / 4 ** id) % 4);
        const expected = [3, 2, 1, 0].find((value) => values.filter((reached) => reached >= value).length * 2 > size);
        expect(quorumValue(state, (id) => ({ value: values[id] ?? 0, storage: 1 }))).toBe(expected);
      }
    }
  });
});

describe('against an oracle that counts by hand, over 50,000 random configurations', () => {
  const random = { random: 20_140_806 };
  const below = (limit: number): number => drawInteger(random, 0, limit - 1);

  /** Up to nine of twelve servers, each bound to a folder (1 or 2), or to none. */
  function someServers(least: number): Server[] {
    const ids = Array.from({ length: 12 }, (_, id) => id).toSorted(() => below(3) - 1);
    return ids.slice(0, least + below(limits.nodesMax + 1 - least)).map((id) => ({ id, storage: below(3) }));
  }

  function isIts({ id, storage }: Server, folderOf: readonly number[], amnesia: boolean): boolean {
    return amnesia || storage === 0 || storage === folderOf[id];
  }

  /** By definition (Raft §6): in each group, those that agree are more than those that do not. */
  function oracle(groups: readonly Server[][], folderOf: readonly number[], amnesia: boolean, agrees: boolean[]) {
    return groups.every((group) => {
      let surplus = 0;
      for (const server of group) surplus += agrees[server.id] && isIts(server, folderOf, amnesia) ? 1 : -1;
      return surplus > 0;
    });
  }

  it('votes, values and membership agree, joint or not, with either rule on or off', () => {
    let joint = 0;
    let decided = 0;
    for (let number = 0; number < 50_000; number++) {
      const configuration = {
        voters: someServers(1),
        outgoing: drawPercent(random, 50) ? someServers(1) : [],
        learners: someServers(0),
      };
      const amnesia = below(4) === 0;
      const newAlone = below(4) === 0;
      const off = [...(amnesia ? ['no-amnesia' as const] : []), ...(newAlone ? ['joint-majorities' as const] : [])];
      const state = stateWith(configuration, off);
      const isJoint = configuration.outgoing.length > 0 && !newAlone;
      const groups = isJoint ? [configuration.voters, configuration.outgoing] : [configuration.voters];
      const folderOf = Array.from({ length: 12 }, () => 1 + below(2));
      const values = Array.from({ length: 12 }, () => below(6));
      const reached = (value: number): boolean => {
        const agrees = values.map((mine) => mine >= value);
        return oracle(groups, folderOf, amnesia, agrees);
      };
      const expected = [5, 4, 3, 2, 1, 0].find(reached) ?? 0;
      expect(quorumValue(state, (id) => ({ value: values[id] ?? 0, storage: folderOf[id] ?? 0 }))).toBe(expected);

      const bar = below(7);
      const votes = values.flatMap((mine, id) => (mine >= bar ? [{ id, storage: folderOf[id] ?? 0 }] : []));
      expect(hasQuorum(state, votes)).toBe(reached(bar));
      const voter = { id: below(12), storage: 1 + below(2) };
      const named = groups.flat().filter(({ id }) => id === voter.id);
      expect(isVoter(state, voter)).toBe(named.some((one) => amnesia || [0, voter.storage].includes(one.storage)));
      joint += isJoint ? 1 : 0;
      decided += reached(bar) ? 1 : 0;
    }
    expect(joint).toBeGreaterThan(10_000);
    expect(decided).toBeGreaterThan(5_000);
  });
});

describe('a joint configuration', () => {
  const state = stateWith({ voters: servers([0, 1, 2], 0), outgoing: servers([2, 3, 4], 0), learners: [] });

  it('needs both majorities (rule joint-majorities)', () => {
    expect(hasQuorum(state, servers([0, 1]))).toBe(false);
    expect(hasQuorum(state, servers([3, 4]))).toBe(false);
    expect(hasQuorum(state, servers([0, 2, 3]))).toBe(true);
    expect(describeShare(state, ({ id }) => id !== 4)).toBe('3 of 3 new and 2 of 3 old');
  });
});

describe('who does not count', () => {
  it('a stranger, and a voter a second time', () => {
    const state = stateWith(votersOnly([0, 1, 2]));
    expect(hasQuorum(state, servers([1, 7, 8]))).toBe(false);
    expect(hasQuorum(state, servers([0, 2]))).toBe(true);
  });

  it('a voter that answers from another folder (rule no-amnesia)', () => {
    const bootstrap = { voters: servers([0, 1, 2], 5), outgoing: [], learners: [] };
    expect(hasQuorum(stateWith(bootstrap), servers([0, 1], 6))).toBe(false);
    expect(hasQuorum(stateWith(bootstrap, ['no-amnesia']), servers([0, 1], 6))).toBe(true);
  });
});

describe('a rule that is off says so exactly when it mattered', () => {
  const waived = (configuration: Configuration, rulesOff: readonly RuleId[], agreeing: readonly Server[]) => {
    const step = beginStep(stateWith(configuration, rulesOff), 0);
    waiveQuorumRules(step, agreeing);
    return eventsOf(step.effects, 'rule-waived').map(({ rule }) => rule);
  };
  const joint = { voters: servers([0, 1]), outgoing: servers([2, 3]), learners: [] };
  const plain = { voters: servers([0, 1, 2]), outgoing: [], learners: [] };

  it('joint-majorities', () => {
    expect(waived(joint, ['joint-majorities'], servers([0, 1]))).toEqual(['joint-majorities']);
    expect(waived(joint, ['joint-majorities'], servers([0, 1, 2, 3]))).toEqual([]);
    expect(waived(plain, ['joint-majorities'], servers([0, 1]))).toEqual([]);
  });

  it('no-amnesia', () => {
    const forgetful = [...servers([0]), ...servers([1], 9)];
    expect(waived(plain, ['no-amnesia'], forgetful)).toEqual(['no-amnesia']);
    expect(waived(plain, ['no-amnesia'], [...forgetful, ...servers([2])])).toEqual([]);
    expect(waived(plain, [], forgetful)).toEqual([]);
  });
});
