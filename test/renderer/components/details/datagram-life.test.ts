import { expect, it } from 'vitest';
import { findDatagram } from '../../../../renderer/components/details/datagram-life.ts';
import type { SendQuery } from '../../../../shared/bridge.ts';
import { answerFrom } from '../../../support/asked-story.ts';
import { EventStory } from '../../../support/event-story.ts';

const message = { kind: 'append-entries', term: 1, round: 1 } as const;

/** Two thousand datagrams from node 0 to 1 and to 2 by turns; the 700th to node 2 is delayed, and answered. */
function story(): EventStory {
  const told = new EventStory();
  const pair = { from: 0, fromBoot: 1 } as const;
  for (let datagram = 1; datagram <= 1_000; datagram++) {
    for (const to of [1, 2]) {
      const uuid = `${datagram} ${to}`;
      told.tell(0, { type: 'datagram-sent', to, datagram, uuid, bytes: 9, message });
      if (to !== 2 || datagram === 800) continue;
      if (datagram === 700) {
        const delayed = { type: 'datagram-faulted', act: 'delayed', delayNs: 5, faultRule: 'late' } as const;
        told.tell(2, { ...delayed, ...pair, datagram });
      }
      told.tell(2, { type: 'datagram-received', ...pair, datagram, uuid, bytes: 9, message });
      const reply = { kind: 'append-entries-reply', term: 1, round: 1 } as const;
      told.tell(2, { type: 'datagram-sent', to: 0, datagram, uuid, bytes: 9, message: reply });
    }
  }
  return told;
}

const { events } = story();
let asked = 0;
const answer = answerFrom({ events });
const query = (async (wanted: Parameters<typeof answer>[0]) => {
  asked += 1;
  return answer(wanted);
}) as SendQuery;
const named = (to: number, datagram: number) => ({ from: 0, fromBoot: 1, to, datagram });

it('finds its sending by halving, what a fault did, its reception, and its answer', async () => {
  const life = await findDatagram(query, named(2, 700));
  const types = life.ok ? life.value.events.map(({ event }) => event.type) : [];
  expect(types).toEqual(['datagram-sent', 'datagram-faulted', 'datagram-received', 'datagram-sent']);
  expect(life).toMatchObject({ value: { fate: 'received', answer: { from: 2, to: 0, datagram: 700 } } });
  expect(asked).toBeLessThan(25);
});

it('finds the first and the last one, and one that nobody received', async () => {
  for (const datagram of [1, 1_000]) expect((await findDatagram(query, named(2, datagram))).ok).toBe(true);
  expect(await findDatagram(query, named(2, 800))).toMatchObject({ value: { fate: 'unknown', answer: undefined } });
});

it('says that it is not held', async () => {
  expect(await findDatagram(query, named(2, 2_000))).toMatchObject({ ok: false, failure: { code: 'compacted' } });
});
