import { expect, it } from 'vitest';
import { readOptions, UsageError } from './options.js';

it('has a default for everything', () => {
  expect(readOptions([], false)).toEqual({
    port: 9000,
    mqttPort: 1883,
    endpointPort: 9001,
    host: '127.0.0.1',
    things: ['CP1'],
    keepIn: '.local',
    token: undefined,
    demo: false,
    watch: false,
    deliveries: undefined,
  });
});

it.each([
  [['--port', '0', '--mqtt-port=1', '--endpoint-port', '65535'], { port: 0, mqttPort: 1, endpointPort: 65535 }],
  [['--host', '0.0.0.0'], { host: '0.0.0.0' }],
  [['--things', 'A,B,,C'], { things: ['A', 'B', 'C'] }],
  [['--things', ''], { things: [] }],
  [['--ephemeral', '--keep-in', 'x'], { keepIn: undefined }],
  [['--token', 'sixteen-or-more!'], { token: 'sixteen-or-more!' }],
  [['--watch'], { watch: true }],
  [['--demo'], { demo: true }],
  [['--deliveries', 'chaos:7'], { deliveries: { strength: 'chaos', seed: '7' } }],
  [['--deliveries=outages:monday'], { deliveries: { strength: 'outages', seed: 'monday' } }],
])('%j', (args, expected) => {
  expect(readOptions(args, false)).toMatchObject(expected);
});

it('on a terminal there is a demo, unless it is not wanted', () => {
  expect(readOptions([], true)).toMatchObject({ demo: true });
  expect(readOptions(['--no-demo'], true)).toMatchObject({ demo: false });
});

it('--help is all', () => {
  expect(readOptions(['--help'], false)).toBe('help');
});

it.each([
  [['--port', '65536'], '--port 65536 is not a port'],
  [['--mqtt-port', 'x'], '--mqtt-port x is not a port'],
  [['--endpoint-port', ''], '--endpoint-port  is not a port'],
  [['--token', 'too short'], '--token too short is no 16 to 200 characters without a space'],
  [['--colour'], "Unknown option '--colour'"],
  ...['calm:7', 'chaos', 'chaos:', 'chaos 7', ''].map((how): [string[], string] => [
    ['--deliveries', how],
    `--deliveries ${how} is neither chaos:<seed> nor outages:<seed>, such as chaos:7`,
  ]),
  [['CP1'], "Unexpected argument 'CP1'"],
])('%j is told in a sentence', (args, message) => {
  expect(() => readOptions(args, false)).toThrow(UsageError);
  expect(() => readOptions(args, false)).toThrow(message);
});
