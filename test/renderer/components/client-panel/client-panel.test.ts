// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ClientPanel from '../../../../renderer/components/client-panel/client-panel.vue';
import { useClusterStore } from '../../../../renderer/stores/cluster.ts';
import { useRequestsStore } from '../../../../renderer/stores/requests.ts';
import { useSelectionStore } from '../../../../renderer/stores/selection.ts';
import type { Command } from '../../../../shared/command.ts';
import { votersOnly } from '../../../../shared/configuration.ts';
import type { EventBody } from '../../../../shared/event.ts';
import { labSourceId } from '../../../../shared/ids.ts';
import type { Result } from '../../../../shared/result.ts';
import { labThatAnswers, type FakeLab } from '../../../support/fake-lab.ts';
import { mountPane, testId } from '../../../support/mount-pane.ts';
import { pageStream, startOf, type PageStream } from '../../../support/page-events.ts';

let lab: FakeLab;
let panel: VueWrapper;
let stream: PageStream;
let answer: (command: Command) => Result<unknown> | Promise<Result<unknown>>;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const appended = { ok: true, value: { kind: 'append', firstIndex: 2, lastIndex: 2, term: 1 } } as const;

enableAutoUnmount(afterEach);
beforeEach(() => {
  setActivePinia(createPinia());
  answer = () => appended;
  lab = labThatAnswers((command) => answer(command));
  stream = pageStream();
  useClusterStore().take([startOf(stream, 3)], 0);
  panel = mountPane(ClientPanel);
});

async function happen(...bodies: EventBody[]): Promise<void> {
  const events = bodies.map((body) => stream.next(labSourceId, body));
  useClusterStore().take(events, 0);
  useRequestsStore().take(events, 0);
  await flushPromises();
}

async function type(id: string, text: string): Promise<void> {
  await panel.get(testId(id)).setValue(text);
}

async function submit(button: 'append-button' | 'range-button'): Promise<void> {
  const form = panel.get(testId(button)).element.closest('form');
  form?.requestSubmit();
  await flushPromises();
}

/** The outcome that a form shows, and its words. */
function result(id: 'append-result' | 'range-result'): string {
  const message = panel.find(`${testId(id)} [data-outcome]`);
  return message.exists() ? `${message.attributes('data-outcome')}: ${message.text()}` : '';
}

describe('the node', () => {
  it('is node 0 at first; the one that leads and one that is down say so', async () => {
    await happen({ type: 'node-ended', target: 2, cause: 'crashed', reason: 'killed' });
    const elected = stream.next(1, { type: 'role-changed', from: 'candidate', to: 'leader', term: 1, reason: '' });
    const started = stream.next(1, {
      type: 'node-started',
      address: { host: '127.0.0.1', port: 1 },
      storageId: 's',
      members: [],
      term: 0,
      votedFor: null,
      lastIndex: 0,
      termRuns: [],
      timings: { electionTimeoutMinMs: 150, electionTimeoutMaxMs: 300, heartbeatIntervalMs: 50 },
      snapshot: { lastIncludedIndex: 0, lastIncludedTerm: 0 },
      configuration: { index: 0, configuration: votersOnly([0, 1, 2]) },
    });
    useClusterStore().take([started, elected], 0);
    await flushPromises();
    const options = panel.findAll(`${testId('client-node')} option`).map((option) => option.text());
    expect(options).toEqual(['Node 0 (starting)', 'Node 1 (leads)', 'Node 2 (crashed)']);
    expect(panel.get<HTMLSelectElement>(testId('client-node')).element.value).toBe('0');
  });

  it('is the one that is asked', async () => {
    await panel.get(testId('client-node')).setValue('2');
    await type('append-text', 'foo');
    await submit('append-button');
    expect(lab.commands).toEqual([{ type: 'append', node: 2, entries: [bytes('foo')] }]);
  });
});

describe('append', () => {
  it('sends each line as an entry and shows where it was committed', async () => {
    await type('append-text', 'foo\nbar\n');
    expect(panel.get(testId('append-size')).text()).toBe('2 entries, 6 bytes');
    await panel.get(testId('append-text')).trigger('keydown', { key: 'Enter', ctrlKey: true });
    await flushPromises();
    expect(lab.commands).toEqual([{ type: 'append', node: 0, entries: [bytes('foo'), bytes('bar')] }]);
    expect(result('append-result')).toMatch(/^ok: OK\s*Committed at index 2\s*term\s*1$/);
  });

  it('waits without the answer to an earlier request beside it', async () => {
    await type('append-text', 'foo');
    await submit('append-button');
    answer = () => new Promise(() => undefined);
    await submit('append-button');
    expect(result('append-result')).toMatch(/^waiting: Waiting\s*Node 0 has not answered yet\.$/);
  });

  it('sends all lines as one entry when asked', async () => {
    await type('append-text', 'foo\nbar');
    await panel.get(testId('append-as-one')).trigger('click');
    await submit('append-button');
    expect(lab.commands).toEqual([{ type: 'append', node: 0, entries: [bytes('foo\nbar')] }]);
  });

  it('sends nothing that is empty, too large, or has a condition that is no number', async () => {
    await submit('append-button');
    expect(result('append-result')).toBe('invalid: Type at least one entry.');
    await type('append-text', 'x'.repeat(1_048_577));
    await submit('append-button');
    expect(result('append-result')).toContain('Entry 1 has 1,048,577 bytes; one entry holds up to 1,048,576');
    await type('append-text', 'foo');
    await panel.get(testId('append-conditional')).trigger('click');
    await type('expect-index', '1.5');
    await submit('append-button');
    expect(result('append-result')).toContain('Index must be a whole number');
    expect(lab.commands).toEqual([]);
  });

  it('makes it conditional on the latest entry seen', async () => {
    const outcome = { kind: 'appended', firstIndex: 7, lastIndex: 8, term: 3 } as const;
    await happen({ type: 'request-answered', requestId: 'a', target: 0, latencyNs: 1, outcome });
    await type('append-text', 'foo');
    await panel.get(testId('append-conditional')).trigger('click');
    await panel.get(testId('expect-latest')).trigger('click');
    await submit('append-button');
    expect(lab.commands[0]).toMatchObject({ expect: { prevLogIndex: 8, prevLogTerm: 3 } });
  });

  it('shows a conflict with the actual last entry, and takes that over on demand', async () => {
    const message = 'The last client entry is 4 of term 2.';
    answer = () => ({ ok: false, failure: { code: 'conflict', message, lastClientEntry: { index: 4, term: 2 } } });
    await type('append-text', 'foo');
    await panel.get(testId('append-conditional')).trigger('click');
    await submit('append-button');
    expect(result('append-result')).toMatch(/^refused: Refused\s*The last client entry is 4 of term 2\./);
    await panel.get(testId('expect-actual')).trigger('click');
    expect(panel.get<HTMLInputElement>(testId('expect-index')).element.value).toBe('4');
    expect(panel.get<HTMLInputElement>(testId('expect-term')).element.value).toBe('2');
  });

  it('tells an unknown outcome from a refusal', async () => {
    answer = () => ({ ok: false, failure: { code: 'timed-out', message: 'No answer within 5 s.' } });
    await type('append-text', 'foo');
    await submit('append-button');
    expect(result('append-result')).toMatch(/^unknown: Unknown\s*No answer within 5 s\./);
  });
});

describe('range', () => {
  const entries = [
    { index: 2, term: 1, kind: 'client', payload: bytes('foo') },
    { index: 3, term: 2, kind: 'client', payload: new Uint8Array([255, 1]) },
    { index: 4, term: 2, kind: 'noop', payload: new Uint8Array() },
  ] as const;

  beforeEach(() => {
    answer = () => ({ ok: true, value: { kind: 'index-range', entries, appliedIndex: 9, continueAt: 5 } });
  });

  it('asks for 0 to 5, linearizable, and shows a row per entry', async () => {
    await submit('range-button');
    expect(lab.commands).toEqual([
      { type: 'index-range', node: 0, startIndex: 0, endIndex: 5, read: 'linearizable', includeInternal: false },
    ]);
    const rows = panel.findAll(testId('range-row'));
    expect(rows.map((row) => row.findAll('td').map((cell) => cell.text()))).toEqual([
      ['2', '1', 'client', 'foo'],
      ['3', '2', 'client', 'ff 01'],
      ['4', '2', 'no-op', 'empty'],
    ]);
    expect(result('range-result')).toMatch(/^ok: OK\s*3 entries\. Node 0 has applied up to 9\.$/);
  });

  it('asks for a lease read when that is chosen', async () => {
    const modes = panel.findAll(`${testId('range-read')} [role="radio"]`);
    expect(modes.map((mode) => mode.text())).toEqual(['Linearizable', 'Lease', 'Local']);
    await modes[1]?.trigger('click');
    await submit('range-button');
    expect(lab.commands).toMatchObject([{ type: 'index-range', read: 'lease' }]);
  });

  it('shows payloads as hexadecimal when asked', async () => {
    await submit('range-button');
    await panel.get(testId('range-hex')).trigger('click');
    expect(panel.findAll(testId('range-row'))[0]?.text()).toContain('66 6f 6f');
  });

  it('goes on where the answer was cut', async () => {
    await submit('range-button');
    expect(panel.get(testId('range-more')).text()).toContain('Answered up to 4; more from 5.');
    await panel.get(testId('range-continue')).trigger('click');
    await flushPromises();
    expect(lab.commands[1]).toMatchObject({ startIndex: 5, endIndex: 5 });
  });

  it('selects the entry of a row', async () => {
    await submit('range-button');
    await panel.findAll(testId('range-row'))[1]?.get('button').trigger('click');
    expect(useSelectionStore().entryIndex).toBe(3);
    expect(panel.findAll(testId('range-row'))[1]?.classes()).toContain('selected');
  });

  it('sends no range that starts after its end, or is not in whole numbers', async () => {
    await type('range-start', '6');
    await submit('range-button');
    expect(result('range-result')).toContain(
      'The range starts at 6, after its end at 5. Give the smaller index first.',
    );
    await type('range-start', '-1');
    await submit('range-button');
    expect(result('range-result')).toContain('Start must be a whole number');
    expect(lab.commands).toEqual([]);
  });

  it('shows what the lab refused in its own words', async () => {
    answer = () => ({ ok: false, failure: { code: 'no-leader', message: 'No leader is known; nothing was read.' } });
    await submit('range-button');
    expect(result('range-result')).toMatch(/^refused: Refused\s*No leader is known; nothing was read\.$/);
    expect(panel.findAll(testId('range-row'))).toHaveLength(0);
  });
});

describe('history', () => {
  const request = { kind: 'append', entryCount: 1, payloadBytes: 3, preview: 'foo' } as const;
  const sent = (requestId: string): EventBody => ({ type: 'request-sent', requestId, target: 1, request });

  it('shows how each request ended, in words as well', async () => {
    const failure = { kind: 'failed', message: 'Nobody answered.' } as const;
    const ended = (requestId: string) =>
      ({ type: 'request-answered', requestId, target: 1, latencyNs: 2_340_000 }) as const;
    await happen(
      ...['a', 'b', 'c', 'd'].map(sent),
      { ...ended('a'), outcome: { kind: 'appended', firstIndex: 2, lastIndex: 2, term: 1 } },
      { ...ended('b'), outcome: { ...failure, code: 'no-leader', outcomeKnown: true } },
      { ...ended('c'), outcome: { ...failure, code: 'timed-out', outcomeKnown: false } },
    );
    const rows = panel.findAll(testId('history-row'));
    expect(rows.map((row) => row.attributes('data-outcome'))).toEqual(['waiting', 'unknown', 'refused', 'ok']);
    expect(rows.map((row) => row.get('.mark').text())).toEqual(['Waiting', 'Unknown', 'Refused', 'OK']);
    expect(rows[3]?.text()).toContain('append “foo”');
    expect(rows[3]?.text()).toContain('2.34 ms');
    expect(rows[3]?.text()).toContain('index 2');
  });

  it('selects the request, or the entry that it appended', async () => {
    const outcome = { kind: 'appended', firstIndex: 2, lastIndex: 2, term: 1 } as const;
    await happen(sent('a'), { type: 'request-answered', requestId: 'a', target: 1, latencyNs: 1, outcome });
    await panel.get(`${testId('history-row')} button`).trigger('click');
    expect(useSelectionStore().selection).toEqual({ kind: 'request', requestId: 'a' });
    expect(panel.get(testId('history-row')).classes()).toContain('selected');
    await panel.get(testId('history-entry')).trigger('click');
    expect(useSelectionStore().entryIndex).toBe(2);
  });

  it('repeats a request at the same node and leaves what is typed alone', async () => {
    await type('append-text', 'typed meanwhile');
    await happen(sent('a'));
    await panel.get(testId('history-repeat')).trigger('click');
    await flushPromises();
    expect(lab.commands).toEqual([{ type: 'append', node: 1, entries: [bytes('foo')] }]);
    expect(panel.get<HTMLTextAreaElement>(testId('append-text')).element.value).toBe('typed meanwhile');
  });

  it('does not repeat an append of which it knows only the beginning', async () => {
    await happen({ type: 'request-sent', requestId: 'a', target: 1, request: { ...request, payloadBytes: 900 } });
    const button = panel.get(testId('history-repeat'));
    expect(button.attributes('disabled')).toBeDefined();
    expect(button.attributes('aria-label')).toContain('Only the beginning');
  });
});
