import { describe, expect, it } from 'vitest';
import { hasMajority, majorityOf, majorityValue } from '../../../main/raft/quorum.ts';
import { limits } from '../../../shared/cluster-config.ts';

/** All subsets of the voters, one per bit pattern. */
function subsetsOf(voters: readonly number[]): number[][] {
  return Array.from({ length: 2 ** voters.length }, (_, bits) => voters.filter((voter) => (bits >> voter) & 1));
}

const sizes = Array.from({ length: limits.nodesMax }, (_, position) => position + 1);

describe.each(sizes)('majorities of %i servers', (size) => {
  const voters = Array.from({ length: size }, (_, id) => id);

  it('a set is a majority exactly when it is larger than the rest', () => {
    for (const granted of subsetsOf(voters)) {
      expect(hasMajority(voters, granted)).toBe(granted.length > size - granted.length);
    }
  });

  it('majorityOf is the size of the smallest majority', () => {
    const smallest = Math.min(...subsetsOf(voters).flatMap((set) => (hasMajority(voters, set) ? [set.length] : [])));
    expect(majorityOf(size)).toBe(smallest);
  });

  it('any two smallest majorities share a server', () => {
    const majorities = subsetsOf(voters).filter((set) => set.length === majorityOf(size));
    for (const one of majorities) {
      for (const other of majorities) expect(one.some((voter) => other.includes(voter))).toBe(true);
    }
  });
});

describe('majorityValue', () => {
  it('is the largest value that a majority has reached: brute force over all values from 0 to 3, up to 5 servers', () => {
    for (const size of [1, 2, 3, 4, 5]) {
      const voters = Array.from({ length: size }, (_, id) => id);
      for (let number = 0; number < 4 ** size; number++) {
        const values = voters.map((id) => Math.floor(number / 4 ** id) % 4);
        const expected = [3, 2, 1, 0].find((value) => values.filter((reached) => reached >= value).length * 2 > size);
        expect(majorityValue(voters, (id) => values[id] ?? 0)).toBe(expected);
      }
    }
  });
});

describe('hasMajority', () => {
  it('2 of 3 are enough', () => {
    expect(hasMajority([0, 1, 2], [0, 2])).toBe(true);
    expect(hasMajority([0, 1, 2], [2])).toBe(false);
  });

  it('counts each voter once, and strangers not at all', () => {
    expect(hasMajority([0, 1, 2], [1, 1, 1])).toBe(false);
    expect(hasMajority([0, 1, 2], [1, 7, 8])).toBe(false);
  });
});
