import { describe, expect, it } from 'vitest';
import { FieldReader, type Problem } from '../../../main/net/field-reader.ts';
import { messageKinds } from '../../../main/net/message-kinds.ts';
import { readMessage, readModes } from '../../../main/net/message-reader.ts';

describe('readMessage', () => {
  it('gives a message of the wanted kind whatever the fields are, and says what is wrong with them', () => {
    for (const kind of messageKinds) {
      for (const fields of [undefined, [], [null], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]]) {
        const problem: Problem = {};
        const reader = new FieldReader(fields, problem, 'the message');
        expect(readMessage(kind, reader, 3, problem).kind).toBe(kind);
        reader.end('the message');
        expect(problem.reason, `${kind} of ${JSON.stringify(fields)}`).toBeDefined();
      }
    }
  });

  it('takes the sender for the one who speaks', () => {
    const problem: Problem = {};
    const fields = new FieldReader([5, 1, 0, 0, true], problem, 'the message');
    expect(readMessage('request-vote', fields, 3, problem)).toMatchObject({ candidateId: 3, transfer: true });
    expect(problem).toEqual({});
  });

  it('knows the modes of reading by their place', () => {
    expect(readModes).toEqual(['linearizable', 'lease']);
  });
});
