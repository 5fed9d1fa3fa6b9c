/** How far each server has applied the log, and what it has got by that: an equal digest is an equal log. */
import type { LabEvent } from '../../../shared/event.ts';
import type { NodeId } from '../../../shared/ids.ts';

export class AppliedState {
  readonly #applied = new Map<NodeId, { readonly to: number; readonly digest: number }>();

  observe(event: LabEvent): void {
    if (event.type === 'entries-applied') {
      this.#applied.set(event.node, { to: event.to, digest: event.digest });
    } else if (event.type === 'snapshot-restored') {
      this.#applied.set(event.node, { to: event.lastIncludedIndex, digest: event.digest });
    } else if (event.type === 'node-started') {
      this.#applied.delete(event.node);
    }
  }

  /** Which of them differs from the first one, in words; undefined when all are alike. */
  difference(nodes: readonly NodeId[]): string | undefined {
    const [first = -1] = nodes;
    const expected = this.#applied.get(first);
    const other = nodes.find((node) => {
      const applied = this.#applied.get(node);
      return !applied || applied.to !== expected?.to || applied.digest !== expected.digest;
    });
    return other === undefined ? undefined : `${this.#describe(first)}, ${this.#describe(other)}`;
  }

  #describe(node: NodeId): string {
    const applied = this.#applied.get(node);
    return `node ${node} has applied ${applied ? `up to ${applied.to}, digest ${applied.digest}` : 'nothing'}`;
  }
}
