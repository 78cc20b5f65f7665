import { describe, expect, it } from 'vitest';
import { longest, shown } from './shown.js';

describe('a payload that is kept', () => {
  it('is as it was, but for its secrets', () => {
    const payload = { idTag: '04A2B3', parts: [1, null, { key: 'AuthorizationKey', value: 'secret' }], empty: '' };
    const kept = { ...payload, parts: [1, null, { key: 'AuthorizationKey', value: '***' }] };
    expect(shown(payload)).toEqual({ json: JSON.stringify(kept) });
  });

  it('that is long is cut off, and says so', () => {
    const payload = { data: 'x'.repeat(longest) };
    const json = JSON.stringify(payload);
    expect(shown(payload)).toEqual({ json: json.slice(0, longest), cutFrom: json.length });
  });

  it('may be nothing at all', () => {
    expect(shown(undefined)).toEqual({ json: 'null' });
  });
});
