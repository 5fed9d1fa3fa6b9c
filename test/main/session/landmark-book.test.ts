/** The marks of a timeline, bounded. */
import { expect, it } from 'vitest';
import { LandmarkBook } from '../../../main/session/landmark-book.ts';
import type { Landmark, LandmarkKind } from '../../../shared/projection/landmarks.ts';

function landmark(position: number, kind: LandmarkKind): Landmark {
  return { position, timeNs: position * 10, kind, type: 'role-changed', node: 0 };
}

const mixed = Array.from({ length: 100 }, (_, i) =>
  landmark(i, i % 10 === 0 ? 'leader' : i % 2 === 0 ? 'role' : 'snapshot'),
);
const whole = { type: 'landmarks', fromNs: 0, toNs: 1e9, max: 1_000 } as const;

function bookOf(landmarks: readonly Landmark[], max = 1_000): LandmarkBook {
  const book = new LandmarkBook(max);
  book.add(landmarks);
  return book;
}

it('has what lies within a span, both ends included', () => {
  const book = bookOf(mixed);
  const { landmarks, leftOut } = book.between({ ...whole, fromNs: 100, toNs: 120 }, []);
  expect(landmarks.map(({ position }) => position)).toEqual([10, 11, 12]);
  expect(leftOut).toBe(0);
  expect(book.between(whole, [landmark(100, 'end')]).landmarks).toEqual([...mixed, landmark(100, 'end')]);
});

it('leaves the commonest kinds out first, evenly, and counts them', () => {
  const { landmarks, leftOut } = bookOf(mixed).between({ ...whole, max: 30 }, []);
  expect(landmarks).toHaveLength(30);
  expect(leftOut).toBe(70);
  expect(landmarks.filter(({ kind }) => kind === 'leader')).toHaveLength(10);
  const roles = landmarks.filter(({ kind }) => kind === 'role').map(({ position }) => position);
  expect(roles).toHaveLength(20);
  expect(roles.some((position) => position < 20) && roles.some((position) => position > 80)).toBe(true);
});

it('holds no more than its limit: it drops whole kinds, and still counts them', () => {
  const book = bookOf(mixed, 60);
  expect(book.list().landmarks.some(({ kind }) => kind === 'snapshot')).toBe(false);
  expect(book.between(whole, [])).toMatchObject({ leftOut: 50 });
  book.add([landmark(200, 'snapshot'), landmark(201, 'leader')]);
  expect(book.between(whole, [])).toMatchObject({ leftOut: 51 });
  expect(book.list().landmarks.at(-1)).toEqual(landmark(201, 'leader'));
});

it('is taken up again as it was kept', () => {
  const book = bookOf(mixed, 60);
  const again = new LandmarkBook(60);
  again.restore(book.list());
  expect(again.between(whole, [])).toEqual(book.between(whole, []));
});
