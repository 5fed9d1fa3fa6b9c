import { describe, expect, it } from 'vitest';
import { recipes, type RecipeId } from '../../../../renderer/components/faults/fault-recipes.ts';
import { text } from '../../../../renderer/text/faults.ts';
import { describeCommandProblem } from '../../../../shared/command.ts';

const ids = [0, 1, 2];
const stepsOf = (id: RecipeId, node?: number): readonly { readonly type: string }[] =>
  recipes.find((recipe) => recipe.id === id)?.steps({ ids, node }) ?? [];

describe('recipes', () => {
  it.each(recipes.map((recipe) => [recipe.id, recipe] as const))(
    'of %s make sound commands, with words',
    (id, recipe) => {
      for (const node of [1, ...(recipe.needsNode ? [] : [undefined])]) {
        const steps = recipe.steps({ ids, node });
        expect(steps.length).toBeGreaterThan(0);
        expect(steps.flatMap((step) => describeCommandProblem(step) ?? [])).toEqual([]);
      }
      expect(text.recipe(id).title).not.toBe('');
    },
  );

  it('name each rule once', () => {
    const names = recipes.flatMap((recipe) =>
      recipe.steps({ ids, node: 1 }).flatMap((step) => (step.type === 'set-fault' ? step.rule.id : [])),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('are for every link, or those of one node', () => {
    expect(stepsOf('slow-link')).toHaveLength(6);
    expect(stepsOf('slow-link', 0)).toHaveLength(4);
    expect(stepsOf('wifi', 0)).toHaveLength(8);
    expect(stepsOf('slow-disk')).toHaveLength(3);
    expect(stepsOf('slow-disk', 2)).toHaveLength(1);
  });

  it('make a node deaf by cutting what leads to it', () => {
    expect(stepsOf('deaf', 1)).toEqual([
      { type: 'cut-link', link: { from: 0, to: 1 } },
      { type: 'cut-link', link: { from: 2, to: 1 } },
    ]);
  });
});
