/** Where a chunk begins. */
import { expect, it } from 'vitest';
import { readKeyframe } from '../../../main/session/keyframe.ts';
import { pack, unpack } from '../../../main/session/pack.ts';
import { viewBehind, wholeStory } from '../../support/kept-stream.ts';

const keyframe = { position: 400, view: viewBehind(wholeStory(), 400), second: null, gap: 'busy' };

it('is read as it was written', () => {
  expect(readKeyframe(unpack(pack(keyframe)))).toEqual(keyframe);
});

it('has what an older version did not know as it is in the beginning', () => {
  const { checks: _, ...view } = keyframe.view;
  const nodes = view.nodes.map(({ faults: __, ...node }) => node);
  expect(readKeyframe({ position: 400, view: { ...view, nodes } })).toEqual({
    position: 400,
    view: keyframe.view,
    second: null,
  });
});

it.each([null, 5, {}, { position: -0.5, view: keyframe.view }, { position: 1, view: null }, { position: 1, view: {} }])(
  'is none when something is missing: %#',
  (value) => {
    expect(readKeyframe(value)).toBeUndefined();
  },
);
