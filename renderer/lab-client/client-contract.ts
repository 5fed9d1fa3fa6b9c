/** What the page's line to the lab offers. */
import type { SendCommand, SendQuery } from '../../shared/bridge.ts';
import type { FrameTaker } from './frame-taker.ts';
import type { StreamSubscriber } from './intake.ts';

export type ConnectionState =
  /** The first try is under way. */
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly version: string }
  /** It will try again at `retryAtMs` of the page's clock; 0 while it tries. `reason` may be empty. */
  | { readonly kind: 'lost'; readonly reason: string; readonly retryAtMs: number }
  /** It will not try again by itself. */
  | { readonly kind: 'refused'; readonly reason: string };

export interface LabClient {
  readonly send: SendCommand;
  readonly query: SendQuery;
  /** Called at once with the state as it is, then on every change. */
  onState(handler: (state: ConnectionState) => void): void;
  subscribe(subscriber: StreamSubscriber): () => void;
  /** Hands the stream's frames on as bytes, from the next welcome on. Before that, and once only. */
  handOn(taker: FrameTaker): void;
  /** The lab's time now, ns. */
  nowNs(): number;
  /** Tries to connect now instead of waiting. */
  retryNow(): void;
  /** Hangs up for good. */
  close(): void;
}
