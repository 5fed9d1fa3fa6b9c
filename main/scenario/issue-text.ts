/** What a schema found wrong, in words for whoever writes a scenario. */
import type { z } from 'zod';
import { ruleIds } from '../../shared/rules.ts';
import { didYouMean } from './nearest-word.ts';
import type { Path } from './yaml-source.ts';

export interface Finding {
  readonly path: Path;
  /** Whether the key at the path is wrong, or the value. */
  readonly part: 'key' | 'value';
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/**
 * @param value what the schema was held against
 * @param knownKeys those that it has a place for, to say which one may have been meant
 */
export function findingsOf(
  issues: readonly Issue[],
  value: unknown,
  knownKeys: readonly string[] = [],
): readonly Finding[] {
  return issues.flatMap((issue): Finding[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...issue.path, key],
        part: 'key',
        message: `unknown key "${key}"${issue.path.length === 0 ? didYouMean(key, knownKeys) : ''}`,
      }));
    }
    const part = issue.code === 'custom' && issue.params?.['part'] === 'key' ? 'key' : 'value';
    return [{ path: issue.path, part, message: messageOf(issue, valueAt(value, issue.path)) }];
  });
}

function plainMessage(issue: Issue): string {
  if (issue.code === 'invalid_union') {
    const [first] = issue.errors.flat();
    if (first === undefined) return 'expected something else';
    if (first.code === 'invalid_type' && first.expected === 'string') return 'expected a text; put numbers in quotes';
    return `${plainMessage(first)}, or another form of it`;
  }
  const message = issue.message
    .replace(/^(Invalid input|Invalid option|Too small|Too big): /, '')
    .replace(/, received undefined$/, ', and nothing stands here')
    .replaceAll('"|"', '", "');
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function messageOf(issue: Issue, word: unknown): string {
  if (typeof word !== 'string') return plainMessage(issue);
  if (issue.code === 'invalid_union' && issue.errors.length === 0) return `there is no "${word}" here`;
  const meant =
    issue.code === 'invalid_value'
      ? didYouMean(word, issue.values.map(String))
      : issue.message === noSuchRule
        ? didYouMean(word, ruleIds)
        : '';
  return meant === '' ? plainMessage(issue) : `there is no "${word}"${meant}`;
}

/** What command.ts says of a rule's id. */
const noSuchRule = 'there is no such rule';

function valueAt(value: unknown, path: Path): unknown {
  let inner = value;
  for (const key of path) {
    if (typeof inner !== 'object' || inner === null) return undefined;
    inner = (inner as Record<PropertyKey, unknown>)[key];
  }
  return inner;
}
