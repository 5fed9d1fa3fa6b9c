/** How a link between two nodes looks: what is done to it in either direction, and how it is said in few words. Pure. */
import type { FaultAction, Link } from '../../../shared/fault-rule.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { LinkFaultInForce } from '../../../shared/projection/faults-view.ts';
import { text as faultText } from '../../text/faults.ts';
import { text } from '../../text/stage.ts';
import { cutState, type CutState } from './cut-state.ts';
import { pointOn, type Point } from './ring-layout.ts';

/** `forth` is from the smaller id to the larger. */
export interface LinkLook {
  readonly cut: CutState;
  readonly forth: readonly FaultAction[];
  readonly back: readonly FaultAction[];
}

const whole: LinkLook = { cut: 'none', forth: [], back: [] };

/** By `pairKey`; a whole link has no entry. */
export type LinkLooks = ReadonlyMap<string, LinkLook>;

/** The pair of nodes that a directed link joins. */
export function pairKey(a: NodeId, b: NodeId): string {
  return a < b ? `${a}-${b}` : `${b}-${a}`;
}

export function linkLooks(cutLinks: readonly Link[], faults: readonly LinkFaultInForce[]): LinkLooks {
  const looks = new Map<string, LinkLook>();
  const change = ({ from, to }: Link, next: (look: LinkLook, isForth: boolean) => LinkLook): void => {
    const key = pairKey(from, to);
    looks.set(key, next(looks.get(key) ?? whole, from < to));
  };
  for (const link of cutLinks) {
    change(link, (look, isForth) => {
      const forth = isForth || look.cut === 'forth' || look.cut === 'both';
      const back = !isForth || look.cut === 'back' || look.cut === 'both';
      return { ...look, cut: cutState(forth, back) };
    });
  }
  for (const { fault } of faults) {
    change(fault.link, (look, isForth) =>
      isForth ? { ...look, forth: [...look.forth, fault.action] } : { ...look, back: [...look.back, fault.action] },
    );
  }
  return looks;
}

/** The family of faults that the line itself tells, by its dashes; the chip beside it says which. */
export type LinkStyle = 'whole' | 'cut' | 'half-cut' | 'lossy' | 'slow' | 'doubled';

const styles: Readonly<Record<FaultAction['kind'], LinkStyle>> = {
  cut: 'lossy',
  drop: 'lossy',
  burst: 'lossy',
  corrupt: 'lossy',
  delay: 'slow',
  reorder: 'slow',
  bandwidth: 'slow',
  duplicate: 'doubled',
};

export function linkStyle(look: LinkLook | undefined): LinkStyle {
  if (!look) return 'whole';
  if (look.cut === 'both') return 'cut';
  if (look.cut !== 'none') return 'half-cut';
  const [first] = [...look.forth, ...look.back];
  return first ? styles[first.kind] : 'whole';
}

/** What stands on the link: a sign, a few characters, and how many further faults there are. */
export interface LinkChip {
  readonly kind: FaultAction['kind'];
  readonly words: string;
}

export function linkChip(look: LinkLook, a: NodeId, b: NodeId): LinkChip | undefined {
  if (look.cut === 'both') return { kind: 'cut', words: '' };
  if (look.cut !== 'none') {
    return { kind: 'cut', words: look.cut === 'forth' ? text.cutOneWay(a, b) : text.cutOneWay(b, a) };
  }
  const { forth, back } = look;
  const [first] = forth.length > 0 ? forth : back;
  if (!first) return undefined;
  const isAlike = JSON.stringify(forth) === JSON.stringify(back);
  const way =
    isAlike || (forth.length > 0 && back.length > 0)
      ? ''
      : forth.length > 0
        ? text.cutOneWay(a, b)
        : text.cutOneWay(b, a);
  const more = (isAlike ? forth.length : forth.length + back.length) - 1;
  const words = [way, faultText.figure(first), more > 0 ? `+${more}` : ''].filter((word) => word !== '').join(' ');
  return { kind: first.kind, words };
}

/** For those who hear the link: all of it. */
export function linkWords(look: LinkLook | undefined, a: NodeId, b: NodeId): string {
  if (!look) return text.linkOpen;
  const cut = {
    none: [],
    both: [text.linkCutBoth],
    forth: [text.linkCutOneWay(a, b)],
    back: [text.linkCutOneWay(b, a)],
  }[look.cut];
  const each = (from: NodeId, to: NodeId, actions: readonly FaultAction[]): string[] =>
    actions.map((action) => `${text.direction(from, to)}: ${faultText.action(action)}`);
  const words = [...cut, ...each(a, b, look.forth), ...each(b, a, look.back)];
  return words.length > 0 ? words.join('; ') : text.linkOpen;
}

/** Where on its line a chip stands: the first of these that is far enough from the chips before it. */
const fractions = [0.5, 0.4, 0.6, 0.32, 0.68];
const chipsApart = 34;

export function placeChips(lines: readonly (readonly [Point, Point])[]): readonly Point[] {
  const placed: Point[] = [];
  for (const line of lines) {
    const candidates = fractions.map((fraction) => pointOn(line, fraction));
    const free = candidates.find((at) =>
      placed.every((other) => Math.hypot(at.x - other.x, at.y - other.y) > chipsApart),
    );
    placed.push(free ?? pointOn(line, 0.5));
  }
  return placed;
}
