/**
 * One row of a log list. Rows are made once and filled again and again: at thousands of lines a second that costs a
 * third of what rendering them through templates does. Text only, never markup: entries come from strangers.
 */
import { labSourceId } from '../../../shared/ids.ts';
import { sourceLabel, splitRuleTag } from '../../../shared/projection/log-line.ts';
import type { LogRowData } from '../../log-worker/log-row-data.ts';
import { text } from '../../text/logs.ts';

/** `full` has all columns; `column` leaves out what the head of a node's column says. */
export type RowShape = 'full' | 'column';

export interface RowMarks {
  /** The row of the keyboard. */
  readonly isActive: boolean;
  /** In the range that is copied. */
  readonly isChosen: boolean;
  /** About what is selected in the page. */
  readonly isAboutSelected: boolean;
  readonly isBookmarked: boolean;
  /** Its text matches, among lines that do not. */
  readonly isMatch: boolean;
  /** The last line before the moment that the page shows. */
  readonly isMoment: boolean;
}

/**
 * Widths of the columns in characters. Columns are padded text in a fixed-width font: laying out a row of boxes costs
 * twice as much as a line of text, and at trace level every row is another one each frame.
 */
const widths = { time: 13, shortTime: 8, source: 8, level: 7, target: 8 };

/** Node colours in styles/tokens.css. */
const nodeColours = 9;

const markNames: readonly (readonly [keyof RowMarks, string])[] = [
  ['isActive', 'active'],
  ['isChosen', 'chosen'],
  ['isAboutSelected', 'about-selected'],
  ['isBookmarked', 'bookmarked'],
  ['isMatch', 'match'],
  ['isMoment', 'moment'],
];

export class LogRow {
  readonly element: HTMLElement;
  /** Of the line that the row shows, and the version of its list and of its look. */
  ordinal = 0;
  version = -1;
  look = -1;
  /** True while the line has not come yet. */
  isBlank = true;
  #top = Number.NaN;
  readonly #time: Text;
  readonly #source: HTMLElement | undefined;
  readonly #level: Text;
  readonly #target: Text | undefined;
  /** What the line says; matches are marked in it. */
  readonly sentence: Text;
  readonly #rule: Text;

  constructor(shape: RowShape) {
    this.element = document.createElement('div');
    this.element.dataset['testid'] = 'log-row';
    this.#time = this.#cell('time');
    if (shape === 'full') this.#source = this.#cell('source').parentElement ?? undefined;
    this.#level = this.#cell('level');
    if (shape === 'full') this.#target = this.#cell('target');
    this.sentence = this.#cell('sentence');
    this.#rule = this.#cell('rule');
    const level = this.#level.parentElement;
    if (level) level.dataset['testid'] = 'log-row-level';
  }

  #cell(name: string): Text {
    const cell = document.createElement('span');
    cell.className = name;
    const content = document.createTextNode('');
    cell.append(content);
    this.element.append(cell);
    return content;
  }

  show(row: LogRowData, time: string, marks: RowMarks): void {
    const { sentence, tag } = splitRuleTag(row.gap ? text.gap(row.gap) : row.text);
    this.isBlank = false;
    const names = ['log-row', `level-${row.level}`];
    if (row.gap) names.push('gap');
    for (const [mark, name] of markNames) if (marks[mark]) names.push(name);
    this.element.className = names.join(' ');
    this.element.dataset['level'] = row.level;
    if (marks.isMoment) this.element.dataset['moment'] = text.shownMoment;
    this.#time.data = this.#target ? `${time.padStart(widths.time)}  ` : `${time.padStart(widths.shortTime)} `;
    // A narrow column needs its width for the sentence: there the level is a word only where something is wrong.
    const isPlain = row.level !== 'warn' && row.level !== 'error';
    this.#level.data = this.#target === undefined && isPlain ? '' : row.level.padEnd(widths.level);
    this.sentence.data = sentence;
    this.#rule.data = tag && ` ${tag}`;
    if (this.#target) this.#target.data = row.target.padEnd(widths.target);
    if (this.#source) this.#showSource(this.#source, row.node);
  }

  #showSource(cell: HTMLElement, node: number): void {
    cell.className = node === labSourceId ? 'source lab' : `source node-${node % nodeColours}`;
    cell.textContent = sourceLabel(node).padEnd(widths.source);
  }

  /** The line is under way. */
  showBlank(): void {
    this.isBlank = true;
    this.element.className = 'log-row blank';
    for (const cell of [this.#time, this.#level, this.#target, this.sentence, this.#rule]) if (cell) cell.data = '';
    if (this.#source) this.#source.textContent = '';
  }

  /** Puts the row at a height, in pixels from the top of the list. */
  place(top: number): void {
    if (top === this.#top) return;
    this.#top = top;
    this.element.style.transform = `translateY(${top}px)`;
  }

  hide(): void {
    if (this.version < 0) return;
    this.version = -1;
    this.place(-9_999);
  }
}
