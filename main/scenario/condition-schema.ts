/**
 * What a scenario can wait for, expect or rule out: the object form, checked. The readable one-line form is turned into this
 * by condition-words.ts; README.md has the table of both.
 */
import { z, type RefinementCtx } from 'zod';
import { limits } from '../../shared/cluster-config.ts';
import type { EventType } from '../../shared/event.ts';
import { eventTypes } from '../../shared/projection/log-line.ts';
import { promiseIds } from '../../shared/promises.ts';
import { ruleIds } from '../../shared/rules.ts';
import { count, duration, wrong } from './comparison.ts';
import { conditionExamples, conditionFromWords } from './condition-words.ts';
import { findingsOf } from './issue-text.ts';
import { didYouMean } from './nearest-word.ts';
import { missingName, serverIn, type Scope } from './scope.ts';
import type { ServerWord } from './server-words.ts';

export const nodeStates = [
  'leader',
  'follower',
  'candidate',
  'running',
  'stopped',
  'crashed',
  'failed',
  'down',
  'paused',
  'a voter',
  'a learner',
  'an outsider',
] as const;

/** What conditions speak of, read as the scenario means it. */
function wordsIn(scope: Scope) {
  const server = z.unknown().transform((value, context): ServerWord => {
    const word = serverIn(scope, value);
    return typeof word === 'string' ? wrong(context, word) : word;
  });
  const servers = z
    .unknown()
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .pipe(z.array(server).min(1).max(limits.nodesMax));
  const request = z.string('expected the name of a request').transform((name, context) => {
    const problem = missingName(scope.requests, name, 'request');
    return problem === undefined ? name : wrong(context, problem);
  });
  const promise = z.enum(['any', ...promiseIds]);
  const rule = z.enum(ruleIds as readonly [(typeof ruleIds)[number], ...(typeof ruleIds)[number][]]);
  const where = z.union([z.literal('majority'), z.literal('all'), servers]).optional();
  const eventType = z.enum(eventTypes as readonly [EventType, ...EventType[]]);
  const texts = z.array(z.string('expected a text; put numbers in quotes')).max(limits.entriesPerRequestMax);
  return { server, servers, request, promise, rule, where, eventType, texts };
}

function formsIn(scope: Scope) {
  const { server, servers, request, promise, rule, where, eventType, texts } = wordsIn(scope);
  return {
    leader: z.strictObject({
      leader: z.enum(['elected', 'new', 'none']),
      'in-term-above': z.int().min(0).optional(),
      among: servers.optional(),
      'other-than': servers.optional(),
    }),
    leaders: z.strictObject({ leaders: count }),
    node: z.strictObject({ node: server, is: z.enum(nodeStates) }),
    'commit-index': z.strictObject({ 'commit-index': count, at: where }),
    term: z.strictObject({ term: count, at: servers.optional() }),
    logs: z.strictObject({ logs: z.literal('equal'), at: servers.optional() }),
    request: z.strictObject({
      request,
      is: z.enum(['answered', 'failed', 'pending', 'unknown']),
      code: z.string().optional(),
    }),
    'entries-of': z.strictObject({ 'entries-of': request, are: z.enum(['committed', 'lost']) }),
    read: z
      .strictObject({
        read: request,
        shows: texts.optional(),
        contains: texts.optional(),
        lacks: texts.optional(),
      })
      .refine(
        ({ shows, contains, lacks }) => shows !== undefined || contains !== undefined || lacks !== undefined,
        'expected what it shows, contains or lacks',
      ),
    violation: z.strictObject({ violation: promise }),
    'evidence-lost': z.strictObject({ 'evidence-lost': promise }),
    'rule-waived': z.strictObject({ 'rule-waived': rule }),
    elections: z.strictObject({ elections: count }),
    'leader-changes': z.strictObject({ 'leader-changes': count }),
    'snapshot-installed': z.strictObject({ 'snapshot-installed': server }),
    voters: z.strictObject({ voters: servers }),
    learners: z.strictObject({ learners: servers }),
    'workload-answered': z.strictObject({ 'workload-answered': count }),
    'workload-failed': z.strictObject({ 'workload-failed': count }),
    'workload-unknown': z.strictObject({ 'workload-unknown': count }),
    'longest-silence': z.strictObject({ 'longest-silence': duration }),
    event: z.strictObject({
      event: z.looseObject({ type: eventType, node: z.union([z.literal('lab'), server]).optional() }),
      times: count.optional(),
    }),
  } as const;
}

type Forms = ReturnType<typeof formsIn>;
type FormKind = keyof Forms;

type PlainCondition = {
  readonly [Kind in FormKind]: { readonly kind: Kind; readonly text: string } & Readonly<z.output<Forms[Kind]>>;
}[FormKind];

/** `text`: as it was written, for messages. */
export type Condition =
  | PlainCondition
  | { readonly kind: 'all' | 'any'; readonly text: string; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly text: string; readonly condition: Condition };

export type ConditionOf<Kind extends Condition['kind']> = Extract<Condition, { kind: Kind }>;

const nestingMax = 8;

/** Reads a condition in either form. */
export function conditionSchema(scope: Scope, depth = 0): z.ZodType<Condition> {
  const forms = formsIn(scope);
  const kinds = [...Object.keys(forms), 'all', 'any', 'not'];
  return z.unknown().transform((given, context): Condition => {
    if (depth > nestingMax) return wrong(context, `conditions stand in each other up to ${nestingMax} times`);
    const value = typeof given === 'string' ? conditionFromWords(given) : given;
    if (value === undefined) {
      return wrong(context, `"${String(given)}" is no condition${didYouMean(String(given), conditionExamples)}`);
    }
    if (typeof value !== 'object' || value === null) return wrong(context, 'expected a condition');
    const [key = ''] = Object.keys(value);
    const text = typeof given === 'string' ? given.trim() : conditionText(value);
    const kind = kinds.find((name) => name in value);
    if (kind === undefined) {
      return wrong(context, `"${key}" begins no condition${didYouMean(key, kinds)}`);
    }
    if (kind === 'all' || kind === 'any') {
      const inner = z.strictObject({ [kind]: z.array(conditionSchema(scope, depth + 1)).min(1) });
      const read = take(inner.safeParse(value), value, context);
      return read === undefined ? z.NEVER : { kind, text, conditions: read[kind] ?? [] };
    }
    if (kind === 'not') {
      const read = take(z.strictObject({ not: conditionSchema(scope, depth + 1) }).safeParse(value), value, context);
      return read === undefined ? z.NEVER : { kind, text, condition: read.not };
    }
    const form: z.ZodType<object> = forms[kind as FormKind];
    const read = take(form.safeParse(value), value, context, Object.keys(forms[kind as FormKind].shape));
    // The key chose the schema, which the compiler cannot follow through a union.
    return read === undefined ? z.NEVER : ({ kind, text, ...read } as Condition);
  });
}

/** The value, or undefined with everything that is wrong handed on. */
function take<T>(
  result: z.ZodSafeParseResult<T>,
  value: object,
  context: RefinementCtx,
  knownKeys: readonly string[] = [],
): T | undefined {
  if (result.success) return result.data;
  for (const { path, part, message } of findingsOf(result.error.issues, value, knownKeys)) {
    context.addIssue({ code: 'custom', path: [...path], message, params: { part } });
  }
  return undefined;
}

/** `{node: 2, is: leader}`. */
function conditionText(value: unknown): string {
  return JSON.stringify(value).replaceAll('"', '').replaceAll(',', ', ').replaceAll(':', ': ');
}
