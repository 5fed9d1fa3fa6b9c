import { parse } from 'uuid';
import { expect, it } from 'vitest';
import { drawAddress, strangerAttacks } from '../../../../main/proof/hostile/attacks.ts';
import { forge, rightSeal } from '../../../../main/proof/hostile/forge.ts';
import { liarAttacks } from '../../../../main/proof/hostile/liar-attacks.ts';
import { clusterId, QuietCluster } from '../../../../main/proof/hostile/quiet-cluster.ts';
import { decodeHeader, headerBytes } from '../../../../main/net/wire-header.ts';

const cluster = new QuietCluster(1);
cluster.leader();
const scene = { random: { random: 2 }, cluster, victim: 1 };

it('a forgery is in order but for what was changed', () => {
  const header = decodeHeader(forge(scene, {}), parse(clusterId), rightSeal);
  expect(header).toMatchObject({ ok: true, value: { kind: 'request-vote', senderId: 3, receiverId: 1, boot: 1 } });
  const changed = decodeHeader(forge(scene, { receiverId: 2 }), parse(clusterId), rightSeal);
  expect(changed).toMatchObject({ ok: true, value: { receiverId: 2 } });
});

it('a stranger never has the key, but for what was said already', () => {
  const said = new Set(cluster.captures.map(({ bytes }) => Buffer.from(bytes).toString('hex')));
  for (const attack of Object.values(strangerAttacks)) {
    const bytes = attack(scene);
    if (bytes === undefined || bytes.length < headerBytes) continue;
    const isGenuine = decodeHeader(bytes, parse(clusterId), rightSeal).ok;
    expect(isGenuine && !said.has(Buffer.from(bytes).toString('hex'))).toBe(false);
  }
});

it('a liar always has it', () => {
  for (const [kind, attack] of Object.entries(liarAttacks))
    expect(rightSeal.isGenuine(attack(scene) ?? new Uint8Array(headerBytes)), kind).toBe(true);
});

it('addresses are those of members or of anyone', () => {
  const hosts = new Set(Array.from({ length: 60 }, () => drawAddress(scene.random).host.slice(0, 4)));
  expect(hosts).toEqual(new Set(['127.', '10.0']));
});
