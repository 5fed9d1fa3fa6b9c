import { describe, expect, it } from 'vitest';
import { isOurPage, isWebAddress, pageUrl } from '../../../../main/hosts/electron/page-address.ts';

describe('our page', () => {
  it.each([pageUrl, 'app://raft-lab/index.html', 'app://raft-lab/#view', 'app://raft-lab/?x=1'])('is %s', (address) => {
    expect(isOurPage(address)).toBe(true);
  });

  it.each([
    '',
    'about:blank',
    'app://other/',
    'app://raft-lab.evil.example/',
    'app://user@raft-lab/',
    'app://raft-lab/assets/other.html',
    'https://raft-lab/',
    'file:///raft-lab/',
    'data:text/html,app://raft-lab/',
    'http://evil.example/app://raft-lab/',
  ])('is not %s', (address) => {
    expect(isOurPage(address)).toBe(false);
  });
});

describe('an address for the person’s browser', () => {
  it('is one of the web', () => {
    expect(isWebAddress('https://raft.github.io/raft.pdf')).toBe(true);
    expect(isWebAddress('http://127.0.0.1:8080/')).toBe(true);
  });

  it.each(['file:///etc/passwd', 'javascript:alert(1)', 'smb://host/share', 'ms-settings:', 'app://raft-lab/', 'x'])(
    'is not %s',
    (address) => {
      expect(isWebAddress(address)).toBe(false);
    },
  );
});
