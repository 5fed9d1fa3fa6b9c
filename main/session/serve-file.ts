/** A session file behind a port: answers queries until it is told to close. */
import type { MessagePort } from 'node:worker_threads';
import { openFile } from './open-file.ts';
import { pack } from './pack.ts';
import { answerQuery } from './queries/answer-query.ts';
import type { FromStore, ToStore } from './store-messages.ts';

export function serveFile(port: Pick<MessagePort, 'on' | 'postMessage' | 'close'>, file: string): void {
  const say = (message: FromStore, transfer: readonly ArrayBuffer[] = []): void =>
    port.postMessage(message, [...transfer]);
  const opened = openFile(file);
  if (!opened.ok) {
    say({ type: 'unusable', reason: opened.failure.message });
    port.close();
    return;
  }
  const { header, content, problems, close } = opened.value;
  say({ type: 'opened', header, problems });
  port.on('message', (message: ToStore) => {
    if (message.type === 'query') {
      const packed = pack(answerQuery(content, message.query));
      say({ type: 'answer', id: message.id, packed }, [packed.buffer]);
    } else if (message.type === 'close') {
      close();
      say({ type: 'closed' });
      port.close();
    }
  });
}
