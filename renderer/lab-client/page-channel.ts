/** The page's end of the pipe: a FrameChannel that also says why it ended. */
import type { FrameChannel } from '../../shared/bridge.ts';

export interface ChannelEnding {
  /** Trying again will not help: the page is not welcome. */
  readonly final: boolean;
  /** A sentence for a person; empty when nothing more is known than that the line is down. */
  readonly reason: string;
}

export interface PageChannel extends Omit<FrameChannel, 'onClose'> {
  /** Called once, also when the page itself closed the channel. */
  onClose(handler: (ending: ChannelEnding) => void): void;
}

/** Opens the door to the lab. Rejects with a `DoorError` when it stays shut. */
export type OpenDoor = () => Promise<PageChannel>;

export class DoorError extends Error {
  override readonly name = 'DoorError';
  readonly ending: ChannelEnding;
  constructor(ending: ChannelEnding) {
    super(ending.reason);
    this.ending = ending;
  }
}
