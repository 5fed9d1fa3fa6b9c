/** What passes between a program of this folder and the processes that it starts (scripts/library-node.mjs). */
import type { AppendAnswer, RangeAnswer } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Failure } from '../../shared/result.ts';
import type { NodeList } from '../node/read-start.ts';
import type { RaftNode } from '../node/raft-node.ts';

/** `number` is in the answer. */
export type Order = { readonly number: number } & (
  | { readonly type: 'start'; readonly id: NodeId; readonly nodes: NodeList; readonly folder: string }
  | { readonly type: 'append'; readonly request: Parameters<RaftNode['append']>[0] }
  | { readonly type: 'indexRange'; readonly request: Parameters<RaftNode['indexRange']>[0] }
  | { readonly type: 'close' }
);

export type OrderAnswer = AppendAnswer | RangeAnswer | { readonly pid: number } | undefined;

export type FromProcess =
  | { readonly type: 'answer'; readonly number: number; readonly ok: true; readonly value?: OrderAnswer }
  | { readonly type: 'answer'; readonly number: number; readonly ok: false; readonly failure: Failure }
  | { readonly type: 'gave-up'; readonly reason: string };
