import { describe, expect, it } from 'vitest';
import { RequestHistory } from '../../../renderer/stores/request-history.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { pageStream, type PageStream } from '../../support/page-events.ts';

function sent(stream: PageStream, requestId: string, client?: number): LabEvent {
  const request = { kind: 'append', entryCount: 1, payloadBytes: 1, preview: 'a' } as const;
  const who = { requestId, target: 0, ...(client !== undefined && { client }) };
  return stream.next(labSourceId, { type: 'request-sent', ...who, request });
}

function answered(stream: PageStream, requestId: string, client?: number): LabEvent {
  const outcome = { kind: 'appended', firstIndex: 1, lastIndex: 1, term: 1 } as const;
  const who = { requestId, target: 0, ...(client !== undefined && { client }) };
  return stream.next(labSourceId, { type: 'request-answered', ...who, latencyNs: 5, outcome });
}

const ids = (records: readonly { readonly requestId: string }[]): string[] => records.map((each) => each.requestId);

describe('the history of requests', () => {
  it('keeps what persons asked apart from what a workload asks', () => {
    const forgotten: string[] = [];
    const history = new RequestHistory((id) => forgotten.push(id));
    const stream = pageStream();
    history.take(sent(stream, 'mine'));
    for (let count = 0; count < limits.workloadHistoryMax + 50; count += 1) history.take(sent(stream, `w${count}`, 3));
    history.take(answered(stream, 'mine'));
    expect(history.byHand()).toMatchObject([{ requestId: 'mine', outcome: 'ok' }]);
    expect(history.ofWorkload()).toHaveLength(limits.workloadHistoryMax);
    expect(ids(history.ofWorkload()).slice(0, 2)).toEqual([
      `w${limits.workloadHistoryMax + 49}`,
      `w${limits.workloadHistoryMax + 48}`,
    ]);
    expect(forgotten).toEqual([]);
  });

  it('does not take the late answer to a workload for one to a person', () => {
    const history = new RequestHistory(() => {});
    history.take(answered(pageStream(), 'long forgotten', 2));
    expect(history.byHand()).toEqual([]);
    expect(ids(history.ofWorkload())).toEqual(['long forgotten']);
  });

  it('says what it forgets of a person', () => {
    const forgotten: string[] = [];
    const history = new RequestHistory((id) => forgotten.push(id));
    const stream = pageStream();
    for (let count = 0; count < limits.requestHistoryMax + 2; count += 1) history.take(sent(stream, `r${count}`));
    expect(forgotten).toEqual(['r0', 'r1']);
    expect(history.get('r0')).toBeUndefined();
    expect(history.get('r2')).toMatchObject({ outcome: 'waiting' });
  });
});
