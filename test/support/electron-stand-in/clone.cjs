/**
 * Tagged JSON in place of structured clone: bytes, Date, Map, Set, bigint and undefined survive, cycles and class instances
 * don't. The function has no references to the outside: its source also runs in the page.
 */
'use strict';

function makeClone() {
  const toBase64 = (bytes) => {
    if (typeof Buffer !== 'undefined') return Buffer.from(bytes).toString('base64');
    let text = '';
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return btoa(text);
  };
  const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  const encode = (value) =>
    // `this[key]` is the value before its toJSON was called.
    JSON.stringify(value, function tag(key) {
      const one = this[key];
      if (one === undefined) return { $undefined: 1 };
      if (typeof one === 'bigint') return { $bigint: String(one) };
      if (typeof one === 'function') throw new DOMException('An object could not be cloned.', 'DataCloneError');
      if (one instanceof ArrayBuffer) return { $buffer: toBase64(new Uint8Array(one)) };
      if (ArrayBuffer.isView(one))
        return { $bytes: toBase64(new Uint8Array(one.buffer, one.byteOffset, one.byteLength)) };
      if (one instanceof Date) return { $date: one.getTime() };
      if (one instanceof Map) return { $map: [...one] };
      if (one instanceof Set) return { $set: [...one] };
      return one;
    });

  const decode = (text) =>
    JSON.parse(text, (_key, one) => {
      if (one === null || typeof one !== 'object') return one;
      if ('$undefined' in one) return undefined;
      if ('$bigint' in one) return BigInt(one.$bigint);
      if ('$buffer' in one) return fromBase64(one.$buffer).buffer;
      if ('$bytes' in one) return fromBase64(one.$bytes);
      if ('$date' in one) return new Date(one.$date);
      if ('$map' in one) return new Map(one.$map);
      if ('$set' in one) return new Set(one.$set);
      return one;
    });

  return { encode, decode };
}

module.exports = { makeClone };
