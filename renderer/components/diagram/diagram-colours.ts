/** The page's colours as the canvas needs them: read from the tokens, again when the theme changes. */
import type { RoleName } from '../../../shared/event.ts';
import type { FlightKind } from '../../../shared/projection/flights.ts';
import { termColours } from '../base/term.ts';
import { flightKinds } from '../stage/flight-shapes.ts';

export interface DiagramColours {
  readonly pane: string;
  readonly border: string;
  readonly borderStrong: string;
  readonly text: string;
  readonly muted: string;
  readonly faint: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
  readonly badSoft: string;
  readonly onTerm: string;
  readonly terms: readonly string[];
  readonly roles: Readonly<Record<RoleName | 'down', string>>;
  readonly kinds: Readonly<Record<FlightKind, string>>;
  readonly font: string;
}

export function readColours(element: Element): DiagramColours {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    pane: colour('surface-pane'),
    border: colour('border'),
    borderStrong: colour('border-strong'),
    text: colour('text'),
    muted: colour('text-muted'),
    faint: colour('text-faint'),
    accent: colour('accent'),
    accentSoft: colour('accent-soft'),
    good: colour('tone-good'),
    warn: colour('tone-warn'),
    bad: colour('tone-bad'),
    badSoft: colour('tone-bad-soft'),
    onTerm: colour('text-on-term'),
    terms: Array.from({ length: termColours }, (_, term) => colour(`term-${term}`)),
    roles: {
      leader: colour('role-leader'),
      candidate: colour('role-candidate'),
      follower: colour('role-follower'),
      down: colour('role-down'),
    },
    // Each kind has its own token; the record is whole because `flightKinds` names them all.
    kinds: Object.fromEntries(flightKinds.map((kind) => [kind, colour(`flight-${kind}`)])) as Record<
      FlightKind,
      string
    >,
    font: `11px ${style.fontFamily}`,
  };
}

export function termColour({ terms }: DiagramColours, term: number): string {
  return terms[term % terms.length] ?? '';
}
