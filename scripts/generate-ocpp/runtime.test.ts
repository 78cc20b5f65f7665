import { describe, expect, it } from 'vitest';
import { formats } from './runtime.js';

describe('date-time, RFC 3339', () => {
  it.each([
    '1985-04-12T23:20:50.52Z',
    '1996-12-19T16:39:57-08:00',
    '1990-12-31T23:59:60Z',
    '1990-12-31T15:59:60-08:00',
    '1937-01-01T12:00:27.87+00:20',
    '2024-02-29T00:00:00Z',
    '2000-02-29T00:00:00Z',
    '2026-01-31T12:00:00.123456789Z',
    '2026-01-31t12:00:00z',
    '2026-01-31T12:00:00-00:00',
    '2026-01-31T12:00:00+23:59',
    '0000-01-01T00:00:00Z',
  ])('accepts %s', (text) => {
    expect(formats['date-time'](text)).toBe(true);
  });

  it.each([
    '',
    '2026-01-31',
    '2026-01-31T12:00:00',
    '2026-01-31 12:00:00Z',
    '2026-01-31T12:00Z',
    '2026-01-31T12:00:00+02',
    '2026-01-31T12:00:00+0200',
    '2026-01-31T12:00:00.Z',
    '2026-01-31T12:00:00,5Z',
    '2026-01-31T24:00:00Z',
    '2026-01-31T12:60:00Z',
    '2026-01-31T12:00:61Z',
    '2026-01-31T12:00:60Z',
    '2026-12-30T23:59:60Z',
    '1990-12-31T23:59:60-08:00',
    '2026-01-31T12:00:00+24:00',
    '2026-01-31T12:00:00+02:60',
    '2026-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-13-10T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '26-01-31T12:00:00Z',
    '+02026-01-31T12:00:00Z',
    '2026-1-31T12:00:00Z',
    '2026-01-31T12:00:00Z ',
    '2026-01-31T12:00:00Z\n',
    '٢٠٢٦-01-31T12:00:00Z',
  ])('refuses %j', (text) => {
    expect(formats['date-time'](text)).toBe(false);
  });
});

describe('uri, RFC 3986', () => {
  it.each([
    'ftp://user:pass@ftp.example.com:21/diagnostics/',
    'https://example.com/firmware%20v2.bin?a=b#c',
    'https://[2001:db8::1]/x',
    'urn:ocpp:firmware',
    'file:///firmware.bin',
  ])('accepts %s', (text) => {
    expect(formats.uri(text)).toBe(true);
  });

  it.each([
    '',
    'firmware.bin',
    '/firmware.bin',
    '//example.com',
    'https://',
    'https://exa mple.com',
    'https://example.com/%2',
    'https://example.com/a#b#c',
    'https://example.com:99999/',
    '1a:b',
    'https://example.com/ü',
  ])('refuses %j', (text) => {
    expect(formats.uri(text)).toBe(false);
  });
});
