import { expect, it } from 'vitest';
import { logLine, reachableHost } from './terminal.js';

it.each([
  [
    '{"level":"WARN","message":{"message":"refused","chargePointId":"CP9","status":404}}',
    'connect: refused (chargePointId CP9, status 404)',
  ],
  ['{"message":{"message":"refused","headers":{"a":1}}}', 'connect: refused (headers {"a":1})'],
  ['{"message":{"message":"failed","stack":"Error: failed\\n  at x"}}', 'connect: failed\nError: failed\n  at x'],
  ['{"level":"WARN","message":"only a text"}', 'connect: only a text'],
  ['{"level":"WARN","message":{"answer":42}}', 'connect: {"level":"WARN","message":{"answer":42}}'],
  ['{"level":"INFO"}', 'connect: {"level":"INFO"}'],
  ['plain text', 'connect: plain text'],
  ['42', 'connect: 42'],
  ['null', 'connect: null'],
])('%s', (line, expected) => {
  expect(logLine('serverless-csms-dev-connect', line)).toBe(expected);
});

it('a host is told as others reach it', () => {
  expect(reachableHost('127.0.0.1')).toBe('localhost');
  expect(reachableHost('192.168.1.5')).toBe('192.168.1.5');
  expect(reachableHost('0.0.0.0')).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
});
