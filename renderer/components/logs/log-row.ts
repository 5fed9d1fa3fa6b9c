/**
 * One row of a log list. Rows are made once and filled again and again: at thousands of lines a second that costs a
 * third of what rendering them through templates does. Text only, never markup: entries come from strangers.
 */
import { labSourceId } from '../../../shared/ids.ts';
import { describeEvent, sourceLabel, splitRuleTag } from '../../../shared/projection/log-line.ts';
import type { LogItem } from '../../stores/log-buffer.ts';
import { text } from '../../text/logs.ts';

/** `full` has all columns; `column` leaves out what the head of a node's column says. */
export type RowShape = 'full' | 'column';

export interface RowMarks {
  /** The row of the keyboard. */
  readonly isActive: boolean;
  /** In the range that is copied. */
  readonly isChosen: boolean;
  /** About the node that is selected in the page. */
  readonly isAboutSelected: boolean;
}

/**
 * Widths of the columns in characters. Columns are padded text in a fixed-width font: laying out a row of boxes costs
 * twice as much as a line of text, and at trace level every row is another one each frame.
 */
const widths = { time: 13, shortTime: 8, source: 8, level: 7, target: 8 };

/** Node colours in styles/tokens.css. */
const nodeColours = 9;

export class LogRow {
  readonly element: HTMLElement;
  /** Number of the line that the row shows, and the version of its look; −1 when it shows none. */
  number = -1;
  version = -1;
  position = -1;
  readonly #time: Text;
  readonly #source: HTMLElement | undefined;
  readonly #level: Text;
  readonly #target: Text | undefined;
  readonly #sentence: Text;
  readonly #rule: Text;

  constructor(shape: RowShape) {
    this.element = document.createElement('div');
    this.element.dataset['testid'] = 'log-row';
    this.#time = this.#cell('time');
    if (shape === 'full') this.#source = this.#cell('source').parentElement ?? undefined;
    this.#level = this.#cell('level');
    if (shape === 'full') this.#target = this.#cell('target');
    this.#sentence = this.#cell('sentence');
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

  show(item: LogItem, time: string, marks: RowMarks): void {
    const line = item.type === 'gap' ? { level: item.level, target: 'lab', text: text.gap(item) } : describeEvent(item);
    const { sentence, tag } = splitRuleTag(line.text);
    const names = ['log-row', `level-${line.level}`];
    if (item.type === 'gap') names.push('gap');
    if (marks.isActive) names.push('active');
    if (marks.isChosen) names.push('chosen');
    if (marks.isAboutSelected) names.push('about-selected');
    this.element.className = names.join(' ');
    this.element.dataset['level'] = line.level;
    this.#time.data = this.#target ? `${time.padStart(widths.time)}  ` : `${time.padStart(widths.shortTime)} `;
    // A narrow column needs its width for the sentence: there the level is a word only where something is wrong.
    const isPlain = line.level !== 'warn' && line.level !== 'error';
    this.#level.data = this.#target === undefined && isPlain ? '' : line.level.padEnd(widths.level);
    this.#sentence.data = sentence;
    this.#rule.data = tag && ` ${tag}`;
    if (this.#target) this.#target.data = line.target.padEnd(widths.target);
    if (this.#source) this.#showSource(this.#source, item);
  }

  #showSource(cell: HTMLElement, item: LogItem): void {
    const node = item.type === 'gap' ? labSourceId : item.node;
    cell.className = node === labSourceId ? 'source lab' : `source node-${node % nodeColours}`;
    cell.textContent = sourceLabel(node).padEnd(widths.source);
  }

  /** Puts the row at a height, in pixels from the top of the list. */
  place(top: number): void {
    this.element.style.transform = `translateY(${top}px)`;
  }

  hide(): void {
    if (this.position < 0) return;
    this.position = -1;
    this.number = -1;
    this.element.style.transform = 'translateY(-9999px)';
  }
}
