import { describe, expect, it } from 'vitest';
import { callError, type ErrorCode, OcppError } from './errors.js';
import { protocols } from './protocol.js';

const codeIn = (code: ErrorCode, protocol: (typeof protocols)[number]) =>
  JSON.parse(callError('m1', new OcppError(code, 'why'), protocol))[2];

describe('a CALLERROR', () => {
  it.each(protocols)('%s: is [4, id, code, description, details], its details {} when there are none', (protocol) => {
    expect(callError('m1', new OcppError('SecurityError', 'why'), protocol)).toBe('[4,"m1","SecurityError","why",{}]');
  });

  it('carries its details', () => {
    const error = new OcppError('TypeConstraintViolation', 'why', { path: '/status' });
    expect(callError('m1', error, 'ocpp2.1')).toBe('[4,"m1","TypeConstraintViolation","why",{"path":"/status"}]');
  });

  it('describes itself in 255 characters at most', () => {
    const [, , , description] = JSON.parse(callError('m1', new OcppError('GenericError', 'x'.repeat(256)), 'ocpp1.6'));
    expect(description).toHaveLength(255);
  });
});

describe('an error code', () => {
  const codes16 = [
    ...['NotImplemented', 'NotSupported', 'InternalError', 'ProtocolError', 'SecurityError', 'FormationViolation'],
    ...['PropertyConstraintViolation', 'OccurenceConstraintViolation', 'TypeConstraintViolation', 'GenericError'],
  ];
  const codes2x: ErrorCode[] = [
    ...(['FormatViolation', 'GenericError', 'InternalError', 'MessageTypeNotSupported', 'NotImplemented'] as const),
    ...(['NotSupported', 'OccurrenceConstraintViolation', 'PropertyConstraintViolation', 'ProtocolError'] as const),
    ...(['RpcFrameworkError', 'SecurityError', 'TypeConstraintViolation'] as const),
  ];

  it.each(codes2x)('%s is spelled so in 2.x, and is one of its own in 1.6', (code) => {
    expect(codeIn(code, 'ocpp2.0.1')).toBe(code);
    expect(codeIn(code, 'ocpp2.1')).toBe(code);
    expect(codes16).toContain(codeIn(code, 'ocpp1.6'));
  });

  it('1.6-J 4.2.3 spells FormationViolation and OccurenceConstraintViolation', () => {
    expect(codeIn('FormatViolation', 'ocpp1.6')).toBe('FormationViolation');
    expect(codeIn('OccurrenceConstraintViolation', 'ocpp1.6')).toBe('OccurenceConstraintViolation');
  });
});
