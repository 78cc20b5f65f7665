import { describe, expect, it } from 'vitest';
import { payloadIn, read, UsageError, wholeNumber } from './arguments.js';

const options = { wait: { type: 'boolean', default: false }, 'expires-in': { type: 'string' } } as const;

describe('the members of a payload', () => {
  it('are the options that a command does not have itself', () => {
    const { rest, payload } = payloadIn(['CP1', 'Reset', '--type', 'Soft', '--wait', '--expires-in', '60'], options);
    expect(payload).toEqual({ type: 'Soft' });
    expect(rest).toEqual(['CP1', 'Reset', '--wait', '--expires-in', '60']);
    expect(read(rest, options)).toMatchObject({ positionals: ['CP1', 'Reset'], values: { wait: true } });
  });

  it('are JSON where they can be, and texts otherwise', () => {
    const args = [
      '--connectorId',
      '1',
      '--key',
      '"300"',
      '--evse={"id":1}',
      '--on',
      'true',
      '--text',
      'a b',
      '--no',
      '-1',
    ];
    expect(payloadIn(args, options).payload).toEqual({
      ...{ connectorId: 1, key: '300', evse: { id: 1 }, on: true, text: 'a b', no: -1 },
    });
  });

  it('have values', () => {
    expect(() => payloadIn(['--type'], options)).toThrow(new UsageError('--type needs a value.'));
    // As `--type $type --wait` is where the shell knows no `type`.
    expect(() => payloadIn(['--type', '--wait'], options)).toThrow(new UsageError('--type needs a value.'));
  });
});

describe('what can not be meant is told in a sentence', () => {
  it.each([
    ['an option that there is not', () => read(['--prot', '1'], {}), "Unknown option '--prot'."],
    ['a number that is none', () => wholeNumber('limit', 'x'), '--limit x is no whole number above 0.'],
  ])('%s', (_, act, told) => {
    expect(act).toThrow(new UsageError(told));
  });
});
