/**
 * Linearizability by trying every order: the judge of the judge. The sequential log takes one operation at a time; a history is
 * right when some order that respects real time gives every answer that was given, and ends with the log at the end.
 */
import type {
  AppendOperation,
  HistoryOptions,
  Operation,
  ReadOperation,
  SeenEntry,
} from '../../main/check/contract.ts';

interface Effect extends SeenEntry {
  /** The last index of its append. */
  readonly lastIndex: number;
  readonly invokedNs: number;
}

/** The replicated log as one object that does one thing at a time. */
interface LogObject {
  readonly entries: readonly Effect[];
  /** Everything up to here is applied; it never falls. */
  readonly position: number;
  /** By session and sequence: what was answered. */
  readonly outcomes: ReadonlyMap<string, string>;
}

type FinalLog = NonNullable<HistoryOptions['finalLog']>;

/** Whether an order exists. Exponential: for a handful of operations. */
export function isLinearizable(operations: readonly Operation[], finalLog: FinalLog): boolean {
  const locals = operations.filter((one): one is ReadOperation => one.kind === 'read' && one.mode === 'local');
  const others = operations.filter((one) => !(one.kind === 'read' && one.mode === 'local'));
  return search({ entries: [], position: 0, outcomes: new Map() }, others.filter(matters), locals, finalLog);
}

/** What certainly had no effect and showed nothing can be left out. */
function matters({ outcome, kind }: Operation & { outcome?: { kind: string } }): boolean {
  return kind === 'append' ? outcome?.kind !== 'failed' : kind === 'read' && outcome?.kind === 'ok';
}

function search(
  log: LogObject,
  remaining: readonly Operation[],
  locals: readonly ReadOperation[],
  finalLog: FinalLog,
): boolean {
  if (remaining.every(isUnknown) && isEnd(log, locals, finalLog)) return true;
  for (const next of remaining) {
    const rest = remaining.filter((other) => other !== next);
    // What was answered before this one was asked comes first.
    if (rest.some((other) => !isUnknown(other) && other.completedNs < next.invokedNs)) continue;
    for (const after of outcomesOf(log, next, finalLog)) if (search(after, rest, locals, finalLog)) return true;
  }
  return false;
}

function isUnknown(operation: Operation): boolean {
  return operation.kind === 'append' && operation.outcome.kind === 'unknown';
}

function isEnd(log: LogObject, locals: readonly ReadOperation[], finalLog: FinalLog): boolean {
  if (log.entries.length !== finalLog.entries.length || log.position > finalLog.lastIndex) return false;
  return locals.every((local) => {
    const { outcome, completedNs } = local;
    if (outcome.kind !== 'ok') return true;
    const shown = log.entries.filter(({ lastIndex }) => lastIndex <= outcome.appliedIndex);
    if (outcome.appliedIndex > finalLog.lastIndex || shown.some(({ invokedNs }) => invokedNs > completedNs))
      return false;
    return isShown(local, shown);
  });
}

/** The log after the operation, in every way that its answer allows. */
function outcomesOf(log: LogObject, operation: Operation, finalLog: FinalLog): readonly LogObject[] {
  if (operation.kind === 'append') return appendOutcomes(log, operation, finalLog);
  if (operation.kind !== 'read' || operation.outcome.kind !== 'ok') return [];
  const { appliedIndex } = operation.outcome;
  if (appliedIndex < log.position || !isShown(operation, log.entries)) return [];
  return [{ ...log, position: appliedIndex }];
}

function isShown({ outcome, startIndex, endIndex }: ReadOperation, entries: readonly Effect[]): boolean {
  if (outcome.kind !== 'ok' || !outcome.entries) return true;
  const to = Math.min(endIndex, outcome.appliedIndex, (outcome.continueAt ?? Infinity) - 1);
  const expected = entries.filter(({ index }) => index >= Math.max(1, startIndex) && index <= to);
  return textOf(expected) === textOf(outcome.entries);
}

function textOf(entries: readonly SeenEntry[]): string {
  return entries.map(({ index, term, digest }) => `${index}.${term}.${digest}`).join();
}

function appendOutcomes(log: LogObject, append: AppendOperation, finalLog: FinalLog): readonly LogObject[] {
  const { outcome, session, expect, digests } = append;
  const key = session ? `${session.sessionId}/${session.sequence}` : undefined;
  const before = key === undefined ? undefined : log.outcomes.get(key);
  const last = log.entries.at(-1) ?? { index: 0, term: 0 };
  const meets = !expect || (expect.prevLogIndex === last.index && expect.prevLogTerm === last.term);
  const remember = (answer: string): ReadonlyMap<string, string> =>
    key === undefined ? log.outcomes : new Map(log.outcomes).set(key, answer);

  if (before !== undefined) return outcome.kind === 'unknown' || before === answerOf(append) ? [log] : [];
  if (!meets) {
    const refused = `refused ${last.index}.${last.term}`;
    if (outcome.kind === 'unknown' || answerOf(append) === refused) return [{ ...log, outcomes: remember(refused) }];
    return [];
  }
  const places =
    outcome.kind === 'ok'
      ? [{ ...outcome }]
      : outcome.kind === 'unknown'
        ? finalLog.entries
            .filter(({ digest }) => digest === digests[0])
            .map(({ index, term }) => ({ firstIndex: index, lastIndex: index + digests.length - 1, term }))
        : [];
  return places.flatMap(({ firstIndex, lastIndex, term }) => {
    if (lastIndex <= log.position || firstIndex <= last.index || lastIndex - firstIndex + 1 !== digests.length)
      return [];
    const added = digests.map((digest, offset) => {
      return { index: firstIndex + offset, term, digest, lastIndex, invokedNs: append.invokedNs };
    });
    const entries = [...log.entries, ...added];
    // Nothing that was done is undone: what is not a beginning of the end is no way to it.
    if (textOf(entries) !== textOf(finalLog.entries.slice(0, entries.length))) return [];
    return [{ entries, position: lastIndex, outcomes: remember(`done ${firstIndex}-${lastIndex}.${term}`) }];
  });
}

function answerOf({ outcome }: AppendOperation): string | undefined {
  if (outcome.kind === 'ok') return `done ${outcome.firstIndex}-${outcome.lastIndex}.${outcome.term}`;
  return outcome.kind === 'conflict' ? `refused ${outcome.last?.index}.${outcome.last?.term}` : undefined;
}
