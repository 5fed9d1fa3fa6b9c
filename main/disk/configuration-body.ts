/**
 * Who belongs to the cluster, inside a record or a snapshot: u8 voters · u8 outgoing · u8 learners · u8 0, and for each
 * of them in that order u16 id · u48 storage.
 */
import { assert } from '../../shared/assert.ts';
import type { Configuration, Server } from '../../shared/configuration.ts';
import { getInteger48, setInteger48 } from './byte-fields.ts';

const countsBytes = 4;
const serverBytes = 8;
const countMax = 255;

/** What it takes, in bytes. */
export function configurationBytes({ voters, outgoing, learners }: Configuration): number {
  return countsBytes + (voters.length + outgoing.length + learners.length) * serverBytes;
}

/** Writes it at `at`. @returns the offset behind it. */
export function encodeConfiguration(view: DataView, at: number, configuration: Configuration): number {
  const { voters, outgoing, learners } = configuration;
  const groups = [voters, outgoing, learners];
  groups.forEach((group, place) => {
    assert(group.length <= countMax, `a group of ${group.length} servers is above the limit of ${countMax}`);
    view.setUint8(at + place, group.length);
  });
  view.setUint8(at + 3, 0);
  let end = at + countsBytes;
  for (const { id, storage } of groups.flat()) {
    view.setUint16(end, id, true);
    setInteger48(view, end + 2, storage);
    end += serverBytes;
  }
  return end;
}

/** The configuration at `at` and the offset behind it; undefined when it is not all there or makes no sense. */
export function decodeConfiguration(
  view: DataView,
  at: number,
): { readonly configuration: Configuration; readonly end: number } | undefined {
  if (at + countsBytes > view.byteLength || view.getUint8(at + 3) !== 0) return undefined;
  const [voterCount, outgoingCount, learnerCount] = [0, 1, 2].map((place) => view.getUint8(at + place)) as [
    number,
    number,
    number,
  ];
  let end = at + countsBytes;
  if (end + (voterCount + outgoingCount + learnerCount) * serverBytes > view.byteLength) return undefined;
  const take = (count: number): Server[] =>
    Array.from({ length: count }, () => {
      const server = { id: view.getUint16(end, true), storage: getInteger48(view, end + 2) };
      end += serverBytes;
      return server;
    });
  const configuration = { voters: take(voterCount), outgoing: take(outgoingCount), learners: take(learnerCount) };
  return { configuration, end };
}
