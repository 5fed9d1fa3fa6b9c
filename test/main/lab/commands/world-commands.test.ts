import { describe, expect, it } from 'vitest';
import { worldCommands } from '../../../../main/lab/commands/world-commands.ts';

describe('real time', () => {
  it('can not be held or stepped, and it says what to do instead', async () => {
    const held = await worldCommands['set-pace']({ type: 'set-pace', speed: 0 });
    expect(held).toMatchObject({ ok: false, failure: { code: 'invalid' } });
    expect(!held.ok && held.failure.message).toContain('simulated');
    expect(await worldCommands['step-world']({ type: 'step-world' })).toMatchObject({ ok: false });
  });
});
