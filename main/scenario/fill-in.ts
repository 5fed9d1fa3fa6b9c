/**
 * A command whose words for servers become servers: one command, or one for each server or link that the words mean.
 */
import type { CommandTemplate } from './scenario.ts';
import { readLinkWords } from './server-words.ts';

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The ids that a word means, undefined when it means nobody at the moment. `path` says where in the command it stands. Where
 * one server belongs, several are the command for each of them.
 */
export type LookUp = (word: unknown, path: readonly (string | number)[]) => readonly number[] | undefined;

/** The commands that a template means, one for each server or link; undefined when a word means nobody at the moment. */
export function fillIn({ type, fields }: CommandTemplate, lookUp: LookUp): readonly Fields[] | undefined {
  if ('node' in fields) {
    return lookUp(fields['node'], ['node'])?.map((node) => ({ type, ...fields, node }));
  }
  if (type === 'cut-link' || type === 'heal-link') {
    return linksOf(fields['link'], ['link'], lookUp)?.map((link) => ({ type, link }));
  }
  if (type === 'set-fault') return faultsOf(fields['rule'], lookUp)?.map((rule) => ({ type, rule }));
  if (type === 'transfer-leadership') return lookUp(fields['to'], ['to'])?.map((to) => ({ type, ...fields, to }));
  if (type === 'start-workload')
    return workloadsOf(fields['workload'], lookUp)?.map((workload) => ({ type, workload }));
  const lists: Fields = {};
  for (const name of ['voters', 'learners'] as const) {
    if (!(name in fields)) continue;
    lists[name] = listOf(fields[name], [name], lookUp);
    if (lists[name] === undefined) return undefined;
  }
  if (type === 'partition') {
    const { groups } = fields;
    if (!Array.isArray(groups)) return [{ type, ...fields }];
    const filled = groups.map((group: unknown, position) => listOf(group, ['groups', position], lookUp));
    if (filled.includes(undefined)) return undefined;
    // The rest may be nobody: a group of its own only where it is somebody.
    lists['groups'] = filled.filter((group) => group === undefined || group.length > 0);
  }
  return [{ type, ...fields, ...lists }];
}

function listOf(words: unknown, path: readonly (string | number)[], lookUp: LookUp): number[] | undefined {
  const list: readonly unknown[] = Array.isArray(words) ? words : [words];
  const ids = list.map((word, position) => lookUp(word, Array.isArray(words) ? [...path, position] : path));
  return ids.includes(undefined) ? undefined : ids.flatMap((found) => found ?? []);
}

function linksOf(
  words: unknown,
  path: readonly string[],
  lookUp: LookUp,
): readonly { readonly from: number; readonly to: number }[] | undefined {
  const link = readLinkWords(words);
  // What is no link is left for the schema, which says so.
  if (!link) return [words as { from: number; to: number }];
  const from = listOf(link.from, path, lookUp);
  const to = listOf(link.to, path, lookUp);
  if (!from || !to) return undefined;
  const there = from.flatMap((one) => to.filter((other) => other !== one).map((other) => ({ from: one, to: other })));
  if (!link.bothWays) return there;
  const back = there.map((one) => ({ from: one.to, to: one.from }));
  return [...there, ...back.filter((one) => !there.some(({ from, to }) => from === one.from && to === one.to))];
}

function faultsOf(rule: unknown, lookUp: LookUp): readonly Fields[] | undefined {
  if (!isObject(rule)) return [{ rule }];
  const links = linksOf(rule['link'], ['rule', 'link'], lookUp);
  const kind = isObject(rule['action']) ? String(rule['action']['kind']) : 'fault';
  return links?.map((link) => {
    const ends = `${link?.from}→${link?.to}`;
    const { id: given } = rule;
    const id = typeof given === 'string' && links.length > 1 ? `${given} ${ends}` : (given ?? `${kind} ${ends}`);
    return { ...rule, id, link };
  });
}

function workloadsOf(workload: unknown, lookUp: LookUp): readonly unknown[] | undefined {
  if (!isObject(workload) || !('node' in workload)) return [workload];
  const { node } = workload;
  if (node === 'any' || node === 'leader') return [workload];
  return lookUp(node, ['workload', 'node'])?.map((id) => ({ ...workload, node: id }));
}
