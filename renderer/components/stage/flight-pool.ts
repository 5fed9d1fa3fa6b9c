/** A pool of shapes in an SVG group: as many as were ever needed at once, moved and hidden instead of made and removed. */
import { crossShape, flightShapes } from './flight-shapes.ts';
import { markShapes, type FlightMark } from './flight-marks.ts';
import type { FlightKind } from '../../../shared/projection/flights.ts';
import type { Point } from './ring-layout.ts';

const svgNamespace = 'http://www.w3.org/2000/svg';

/** What one datagram is drawn with; what it has seldom is made when it is first needed. */
interface Slot {
  readonly group: SVGGElement;
  readonly shape: SVGPathElement;
  mark: SVGPathElement | undefined;
  ring: SVGCircleElement | undefined;
  isHidden: boolean;
}

export class FlightPool {
  readonly #layer: SVGGElement;
  readonly #slots: Slot[] = [];
  #drawn = 0;

  constructor(layer: SVGGElement) {
    this.#layer = layer;
  }

  /** The next datagram of this frame. Writes only what changed but for its place. */
  draw(at: Point, kind: FlightKind | 'lost', mark: FlightMark | undefined, isSelected: boolean): void {
    const slot = this.#slots[this.#drawn] ?? this.#make();
    this.#drawn += 1;
    if (slot.shape.dataset['kind'] !== kind) {
      slot.shape.dataset['kind'] = kind;
      slot.shape.setAttribute('d', kind === 'lost' ? crossShape : flightShapes[kind]);
    }
    slot.group.setAttribute('transform', `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`);
    if (slot.isHidden) {
      slot.isHidden = false;
      slot.group.removeAttribute('display');
    }
    this.#drawMark(slot, mark);
    this.#drawRing(slot, isSelected);
  }

  /** Ends the frame: what was not drawn in it is not seen. */
  hideRest(): void {
    for (const slot of this.#slots.slice(this.#drawn)) {
      if (slot.isHidden) continue;
      slot.isHidden = true;
      slot.group.setAttribute('display', 'none');
    }
    this.#drawn = 0;
  }

  #drawMark(slot: Slot, mark: FlightMark | undefined): void {
    if (!slot.mark) {
      if (!mark) return;
      slot.mark = this.#add(slot, 'path', 'mark');
      slot.mark.setAttribute('transform', 'translate(9 -8)');
    }
    if ((slot.mark.dataset['mark'] ?? '') === (mark ?? '')) return;
    slot.mark.dataset['mark'] = mark ?? '';
    slot.mark.setAttribute('d', mark ? markShapes[mark] : '');
  }

  #drawRing(slot: Slot, isSelected: boolean): void {
    if (!slot.ring) {
      if (!isSelected) return;
      slot.ring = this.#add(slot, 'circle', 'chosen');
    }
    slot.ring.setAttribute('r', isSelected ? '10' : '0');
  }

  #make(): Slot {
    const group = document.createElementNS(svgNamespace, 'g');
    const shape = document.createElementNS(svgNamespace, 'path');
    shape.setAttribute('class', 'shape');
    group.append(shape);
    this.#layer.append(group);
    const slot: Slot = { group, shape, mark: undefined, ring: undefined, isHidden: false };
    this.#slots.push(slot);
    return slot;
  }

  #add<Name extends 'path' | 'circle'>(slot: Slot, name: Name, className: string): SVGElementTagNameMap[Name] {
    const element = document.createElementNS(svgNamespace, name);
    element.setAttribute('class', className);
    slot.group.append(element);
    return element;
  }
}
