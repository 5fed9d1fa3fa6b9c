import { expect, it } from 'vitest';
import { systemError } from '../../../main/faults/system-error.ts';

it('an error of the system carries its name where programs look for it', () => {
  expect(systemError('ENOSPC', 'no space left')).toMatchObject({ code: 'ENOSPC', message: 'ENOSPC: no space left' });
});
