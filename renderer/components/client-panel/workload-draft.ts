/** What a person has typed into the form of a workload, and the workload that it stands for. */
import { z } from 'zod';
import { describeSchemaProblem } from '../../../shared/schema-problem.ts';
import { workloadSchema, type Workload } from '../../../shared/workload.ts';
import { text } from '../../text/workload.ts';

export const mixKinds = ['append', 'conditionalAppend', 'linearizableRead', 'leaseRead', 'localRead'] as const;
export type MixKind = (typeof mixKinds)[number];

const typed = z.string().max(20);
const draftSchema = z.object({
  clients: typed,
  requestsPerSecond: typed,
  payloadBytes: typed,
  /** `any`, `leader`, or the number of a node. */
  node: typed,
  sessions: z.boolean(),
  mix: z.object({
    append: typed,
    conditionalAppend: typed,
    linearizableRead: typed,
    leaseRead: typed,
    localRead: typed,
  }),
});

export type WorkloadDraft = z.infer<typeof draftSchema>;

export const defaultDraft: WorkloadDraft = {
  clients: '4',
  requestsPerSecond: '20',
  payloadBytes: '16',
  node: 'any',
  sessions: true,
  mix: { append: '8', conditionalAppend: '1', linearizableRead: '1', leaseRead: '0', localRead: '0' },
};

export function isDraft(value: unknown): value is WorkloadDraft {
  return draftSchema.safeParse(value).success;
}

export type DraftedWorkload =
  | { readonly ok: true; readonly workload: Workload }
  | { readonly ok: false; readonly problem: string };

/** The workload, or a sentence that says what is wrong with what was typed. A field that is left blank has its default. */
export function workloadFrom(draft: WorkloadDraft): DraftedWorkload {
  const fields = [
    { name: text.clients, typed: draft.clients },
    { name: text.rate, typed: draft.requestsPerSecond },
    { name: text.payloadBytes, typed: draft.payloadBytes },
    ...mixKinds.map((kind) => ({ name: text.kindName(kind), typed: draft.mix[kind] })),
  ];
  const wrong = fields.find((field) => !/^\s*\d*\s*$/.test(field.typed));
  if (wrong) return { ok: false, problem: text.notWhole(wrong.name) };
  const value = {
    ...numberField('clients', draft.clients),
    ...numberField('requestsPerSecond', draft.requestsPerSecond),
    ...numberField('payloadBytes', draft.payloadBytes),
    mix: Object.fromEntries(mixKinds.map((kind) => [kind, Number(draft.mix[kind].trim())])),
    node: draft.node === 'any' || draft.node === 'leader' ? draft.node : Number(draft.node),
    sessions: draft.sessions,
  };
  const parsed = workloadSchema.safeParse(value);
  if (parsed.success) return { ok: true, workload: parsed.data };
  return { ok: false, problem: describeSchemaProblem(parsed.error, text.title) };
}

function numberField(name: string, typedNumber: string): Record<string, number> {
  return typedNumber.trim() === '' ? {} : { [name]: Number(typedNumber.trim()) };
}
