import { afterEach, expect, it, vi } from 'vitest';
import { readEnvironment } from './environment.js';

afterEach(() => vi.unstubAllEnvs());

it("gives a function's variables as their types", () => {
  vi.stubEnv('HEARTBEAT_INTERVAL', '300');
  vi.stubEnv('ALLOW_SECURITY_PROFILE_0', 'false');
  expect(readEnvironment('HEARTBEAT_INTERVAL', 'ALLOW_SECURITY_PROFILE_0')).toEqual({
    HEARTBEAT_INTERVAL: 300,
    ALLOW_SECURITY_PROFILE_0: false,
  });
});

it('says of each variable that is missing or wrong what is wrong with it', () => {
  vi.stubEnv('CONNECTIONS_TABLE', undefined);
  vi.stubEnv('HEARTBEAT_INTERVAL', '9');
  vi.stubEnv('UNKNOWN_TOKENS', 'Blocked');
  expect(() => readEnvironment('CONNECTIONS_TABLE', 'HEARTBEAT_INTERVAL', 'UNKNOWN_TOKENS')).toThrow(
    'The environment of this function is wrong. ' +
      'CONNECTIONS_TABLE: Invalid input: expected string, received undefined. ' +
      'HEARTBEAT_INTERVAL: Too small: expected number to be >=10. ' +
      'UNKNOWN_TOKENS: Invalid option: expected one of "Accepted"|"Invalid".',
  );
});

it('has the CALLs that are answered elsewhere from a list in one text', () => {
  vi.stubEnv('ANSWERED_ELSEWHERE', 'Authorize, DataTransfer:com.acme');
  expect(readEnvironment('ANSWERED_ELSEWHERE').ANSWERED_ELSEWHERE).toEqual(['Authorize', 'DataTransfer:com.acme']);
  vi.stubEnv('ANSWERED_ELSEWHERE', '');
  expect(readEnvironment('ANSWERED_ELSEWHERE').ANSWERED_ELSEWHERE).toEqual([]);
});

it.each(['BootNotification', 'StartTransaction', 'authorize', 'Heartbeat:com.acme'])(
  'does not have %s answered elsewhere',
  (listed) => {
    vi.stubEnv('ANSWERED_ELSEWHERE', `Authorize,${listed}`);
    expect(() => readEnvironment('ANSWERED_ELSEWHERE')).toThrow('ANSWERED_ELSEWHERE.1: must be actions or');
  },
);
