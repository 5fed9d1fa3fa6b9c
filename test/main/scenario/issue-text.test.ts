import { expect, it } from 'vitest';
import { z } from 'zod';
import { findingsOf } from '../../../main/scenario/issue-text.ts';
import { commandSchema } from '../../../shared/command.ts';

function messages(schema: z.ZodType, value: unknown, keys: readonly string[] = []): readonly string[] {
  const { error } = schema.safeParse(value);
  return findingsOf(error?.issues ?? [], value, keys).map(
    ({ path, part, message }) => `${part} ${path.join('.')}: ${message}`,
  );
}

it('names unknown keys one by one, and what they may have meant', () => {
  const schema = z.strictObject({ title: z.string().optional() });
  expect(messages(schema, { titel: 'x', other: 1 }, ['title'])).toEqual([
    'key titel: unknown key "titel"; did you mean "title"?',
    'key other: unknown key "other"',
  ]);
});

it('says what is expected in words', () => {
  const schema = z.object({
    kind: z.enum(['slow', 'stuck']),
    at: z.number().max(5),
    text: z.union([z.string(), z.instanceof(Uint8Array)]),
  });
  expect(messages(schema, { kind: 'stuk', at: 9, text: 1 })).toEqual([
    'value kind: there is no "stuk"; did you mean "stuck"?',
    'value at: expected number to be <=5',
    'value text: expected a text; put numbers in quotes',
  ]);
  expect(messages(schema, { kind: 'elsewhere', text: 'x' })).toEqual([
    'value kind: expected one of "slow", "stuck"',
    'value at: expected number, and nothing stands here',
  ]);
});

it('finds the rule that was meant, and the kind that there is not', () => {
  expect(messages(commandSchema, { type: 'set-rules', rulesOff: ['pre-vot'] })).toEqual([
    'value rulesOff.0: there is no "pre-vot"; did you mean "pre-vote"?',
  ]);
  expect(messages(commandSchema, { type: 'set-disk', node: 0, disk: { kind: 'wet' } })).toEqual([
    'value disk.kind: there is no "wet" here',
  ]);
});
