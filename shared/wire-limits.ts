/**
 * The limits of datagrams and of those who send them, a part of `limits`. Integers only; units are in the names.
 */

export const wireLimits = {
  /** A datagram on loopback, in bytes. No larger one is read. */
  datagramBytesMax: 60_000,
  /** A datagram across a network: fits an Ethernet frame, with room for a tunnel. */
  networkDatagramBytesMax: 1_400,
  /** A message of any size on the wire, in bytes; what is larger than a datagram goes in fragments. */
  messageBytesMax: 1280 * 1024,
  fragmentsPerMessageMax: 2_048,
  /** Messages in fragments per receiver; past it a message is not sent. */
  outgoingFragmentedMax: 32,
  outgoingFragmentedBytesMax: 8 * 1024 * 1024,
  /** Fragments on their way to one receiver, in bytes; less where the system's receive buffer is small. */
  fragmentWindowBytesMax: 256 * 1024,
  /** Without news of a message's fragments for this long they are sent again; each time in a row twice as long, ms. */
  fragmentResendMs: 50,
  fragmentResendsMax: 8,
  /** Messages of one sender that are being put together, and their bytes; past it the one without news for longest goes. */
  partialMessagesMax: 32,
  partialBytesMax: 8 * 1024 * 1024,
  /** A message of which nothing came for this long is given up, ms. */
  partialMessageMs: 10_000,
  /** Messages of one sender that were put together last, so that late fragments are known for what they are. */
  completedMessagesMax: 64,
  /** How far a datagram may stand behind its sender's latest one and still be told from one that was seen. */
  replayWindowDatagrams: 65_536,
  /** Boots of one sender whose datagrams are still taken: a late one of a dead process may still arrive. */
  replayBootsMax: 4,
  /** Members that were removed and are remembered in case they come back, so that what was caught before stays refused. */
  formerPeersMax: 64,
  /** Messages that wait until it is known that their receiver runs; past it the oldest goes. */
  greetedMessagesMax: 16,
  /** Refused datagrams of each `why`, and failed sends to each receiver, that are told one by one in a second; the rest as a count. */
  toldPerSecondMax: 20,
  /** Datagrams that transports say to each other for themselves, in a second, that are not told; further ones as a count. */
  controlsUntoldPerSecondMax: 1_000,
  /** Missing datagrams of a sender are told at most this often, ms. */
  lossesToldMs: 1_000,
  /** Clients from outside that one node talks to at once; past it a new one is refused. */
  clientsMax: 256,
  /** A client that is silent for this long is forgotten, ms: it has to begin as a new one. */
  clientIdleMs: 60_000,
  /** Clients that were forgotten and whose names are kept, so that nothing of theirs is taken again. */
  clientsForgottenMax: 4_096,
  /** What is under way from or to one client in fragments, in bytes, each. */
  clientBytesMax: 2 * 1024 * 1024,
  /** Servers that a client knows at once, and addresses that it asks who is there. */
  serversDialledMax: 64,
  /** Requests in one call of a client from outside; a datagram is full before. */
  requestsPerCallMax: 1_024,
  /** Requests that one client outside keeps waiting; past it: `overloaded`. */
  clientRequestsMax: 10_000,
  /** Requests of one client outside that are sent and not answered, in bytes; a single one always may be. */
  clientInFlightBytesMax: 1024 * 1024,
  /** A client's request without an answer is sent again after this at the earliest, then twice as late each time, up to the latest, ms. */
  clientRetryMinMs: 50,
  clientRetryMaxMs: 1_000,
  /** Nobody is greeted more often than this, ms. */
  greetingIntervalMs: 10,
} as const;
