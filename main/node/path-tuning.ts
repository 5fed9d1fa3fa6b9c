/**
 * Sizes of messages by the way that they go: cut so that each fits one datagram, and no more under way than a receive buffer
 * holds. Then only a single large entry goes in fragments.
 */
import { limits } from '../../shared/cluster-config.ts';
import { defaultTuning, type Tuning } from '../raft/tuning.ts';

/** The wire's header, and the fields of an AppendEntries beside its entries, at their longest. */
const appendOverheadBytes = 136;
/** The same of an InstallSnapshot beside its data and configuration; and one server in that. */
const chunkOverheadBytes = 176;
const serverBytes = 12;
const chunkBytesMin = 256;

export interface Path {
  /** What one datagram to any member may have. */
  readonly datagramBytes: number;
  /** What may wait to be read at this server; the others are taken to be like it. Unknown: as much as it takes. */
  readonly receiveBufferBytes?: number | undefined;
  readonly members: number;
}

export function tuningFor({ datagramBytes, receiveBufferBytes, members }: Path): Tuning {
  // During a change of membership both configurations are in it.
  const configurationBytes = 2 * members * serverBytes;
  const chunkRoomBytes = Math.max(chunkBytesMin, datagramBytes - chunkOverheadBytes - configurationBytes);
  const appendEntriesBytesMax = Math.min(limits.appendEntriesBytesMax, datagramBytes - appendOverheadBytes);
  // A quarter: others send too, and the system counts more than the bytes.
  const bufferBytes = Math.floor((receiveBufferBytes ?? Number.POSITIVE_INFINITY) / 4);
  const inFlightBytesMax = Math.min(limits.inFlightBytesMax, bufferBytes);
  // As many small ones as fill the window, or a distant follower would wait for each handful.
  const messages = Math.min(limits.inFlightSmallMessagesMax, Math.ceil(inFlightBytesMax / appendEntriesBytesMax));
  return {
    ...defaultTuning,
    appendEntriesBytesMax,
    snapshotChunkBytesMax: Math.min(limits.snapshotChunkBytesMax, chunkRoomBytes),
    inFlightBytesMax,
    inFlightMessagesMax: Math.max(limits.inFlightMessagesMax, messages),
  };
}
