import { expect, it } from 'vitest';
import { logLine, reachableHost } from './terminal.js';

it.each([
  ['{"message":"refused","chargePointId":"CP9","status":404}', 'connect: refused (chargePointId CP9, status 404)'],
  ['{"message":"refused","headers":{"a":1}}', 'connect: refused (headers {"a":1})'],
  ['{"message":"failed","stack":"Error: failed\\n  at x"}', 'connect: failed\nError: failed\n  at x'],
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
