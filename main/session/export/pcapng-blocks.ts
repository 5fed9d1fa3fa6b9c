/**
 * Blocks of a pcapng file (draft-ietf-opsawg-pcapng), little-endian. Link type 228 (raw IPv4): with 101 libpcap refuses several
 * interfaces.
 */
const linkTypeIpv4 = 228;

export interface BlockOption {
  readonly code: number;
  readonly value: Uint8Array;
}

export function textOption(code: number, text: string): BlockOption {
  return { code, value: new TextEncoder().encode(text) };
}

export function numberOption(code: number, value: number, bytes: 1 | 4): BlockOption {
  const field = new Uint8Array(bytes);
  if (bytes === 1) field[0] = value;
  else new DataView(field.buffer).setUint32(0, value, true);
  return { code, value: field };
}

export function bigOption(code: number, value: bigint): BlockOption {
  const field = new Uint8Array(8);
  new DataView(field.buffer).setBigUint64(0, value, true);
  return { code, value: field };
}

/** Section header: of unknown length, version 1.0. */
export function sectionHeader(options: readonly BlockOption[]): Uint8Array {
  const fixed = new Uint8Array(16);
  const view = new DataView(fixed.buffer);
  view.setUint32(0, 0x1a2b_3c4d, true);
  view.setUint16(4, 1, true);
  view.setBigInt64(8, -1n, true);
  return block(0x0a0d_0d0a, [fixed, optionList(options)]);
}

/** Interface description: nanoseconds, packets of any length. */
export function interfaceDescription(name: string, description: string): Uint8Array {
  const fixed = new Uint8Array(8);
  new DataView(fixed.buffer).setUint16(0, linkTypeIpv4, true);
  const options = [textOption(2, name), textOption(3, description), numberOption(9, 9, 1)];
  return block(1, [fixed, optionList(options)]);
}

export interface EnhancedPacket {
  readonly interfaceId: number;
  /** Since 1970 UTC. */
  readonly timeNs: bigint;
  /** What is in the file of it, and how long it was. */
  readonly captured: Uint8Array;
  readonly originalBytes: number;
  readonly isInbound: boolean;
  /** The same for the two ends of one datagram, and its copies. */
  readonly packetId: bigint;
  readonly comments: readonly string[];
}

export function enhancedPacket(packet: EnhancedPacket): Uint8Array {
  const { interfaceId, timeNs, captured, originalBytes, isInbound, packetId, comments } = packet;
  const fixed = new Uint8Array(20);
  const view = new DataView(fixed.buffer);
  view.setUint32(0, interfaceId, true);
  view.setUint32(4, Number(timeNs >> 32n), true);
  view.setUint32(8, Number(timeNs & 0xffff_ffffn), true);
  view.setUint32(12, captured.byteLength, true);
  view.setUint32(16, originalBytes, true);
  const options = [
    ...comments.map((comment) => textOption(1, comment)),
    numberOption(2, isInbound ? 1 : 2, 4),
    bigOption(5, packetId),
  ];
  return block(6, [fixed, padded(captured), optionList(options)]);
}

function optionList(options: readonly BlockOption[]): Uint8Array {
  const parts = options.flatMap(({ code, value }) => {
    const head = new Uint8Array(4);
    const view = new DataView(head.buffer);
    view.setUint16(0, code, true);
    view.setUint16(2, value.byteLength, true);
    return [head, padded(value)];
  });
  return joined([...parts, new Uint8Array(4)]);
}

function block(type: number, body: readonly Uint8Array[]): Uint8Array {
  const content = joined(body);
  const whole = new Uint8Array(content.byteLength + 12);
  const view = new DataView(whole.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, whole.byteLength, true);
  whole.set(content, 8);
  view.setUint32(whole.byteLength - 4, whole.byteLength, true);
  return whole;
}

/** To a multiple of 4 bytes. */
function padded(bytes: Uint8Array): Uint8Array {
  const rest = bytes.byteLength % 4;
  if (rest === 0) return bytes;
  const whole = new Uint8Array(bytes.byteLength + 4 - rest);
  whole.set(bytes);
  return whole;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
