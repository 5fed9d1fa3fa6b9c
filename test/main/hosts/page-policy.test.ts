import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, pageHeaders } from '../../../main/hosts/page-policy.ts';

describe('the page’s policy', () => {
  it('allows own files only, and nothing inline', () => {
    expect(contentSecurityPolicy()).toBe(
      "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  it('names the one place that the page may connect to', () => {
    expect(contentSecurityPolicy(['ws://127.0.0.1:4000'])).toContain("connect-src 'self' ws://127.0.0.1:4000;");
  });

  it('comes with the headers that keep others out', () => {
    expect(pageHeaders()).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Content-Security-Policy': contentSecurityPolicy(),
    });
  });
});
