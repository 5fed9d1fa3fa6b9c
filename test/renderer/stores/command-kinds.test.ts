import { expect, it } from 'vitest';
import { actsOnWhatIsShown } from '../../../renderer/stores/command-kinds.ts';

it('tells what one does to the nodes that one sees from what concerns the lab', () => {
  expect(actsOnWhatIsShown('crash-node')).toBe(true);
  expect(actsOnWhatIsShown('append')).toBe(true);
  expect(actsOnWhatIsShown('heal-all')).toBe(false);
  expect(actsOnWhatIsShown('step-world')).toBe(false);
});
