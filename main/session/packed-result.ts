/**
 * A result as the store packed it. It is unpacked when somebody looks at it: whoever only passes it on, as the bridge does,
 * takes the bytes.
 */
import type { QueryAnswerOf, QueryOf, QueryType } from '../../shared/query.ts';
import type { Failure, Result } from '../../shared/result.ts';
import { unpack } from './pack.ts';

class PackedResult {
  /** MessagePack of the whole `Result`. */
  readonly packed: Uint8Array;
  #result: Result<unknown> | undefined;

  constructor(packed: Uint8Array) {
    this.packed = packed;
  }

  get ok(): boolean {
    return this.#unpacked.ok;
  }

  get value(): unknown {
    return this.#unpacked.ok ? this.#unpacked.value : undefined;
  }

  get failure(): Failure | undefined {
    return this.#unpacked.ok ? undefined : this.#unpacked.failure;
  }

  get #unpacked(): Result<unknown> {
    this.#result ??= unpack(this.packed) as Result<unknown>;
    return this.#result;
  }
}

/** The answer in `packed`, which the store gave to a query of this type. */
export function packedAnswer<Type extends QueryType>(
  packed: Uint8Array,
  _query: QueryOf<Type>,
): Result<QueryAnswerOf<Type>> {
  return new PackedResult(packed) as Result<QueryAnswerOf<Type>>;
}

/** The bytes of a result that came packed. */
export function packedBytesOf(result: Result<unknown>): Uint8Array | undefined {
  return result instanceof PackedResult ? result.packed : undefined;
}
