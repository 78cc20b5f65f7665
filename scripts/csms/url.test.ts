import { expect, it } from 'vitest';
import { UsageError } from './arguments.js';
import { apiUrl } from './url.js';

it.each([
  ['--url before CSMS_URL', 'https://d111.cloudfront.net/api/v1', { CSMS_URL: 'http://localhost:1' }],
  ['CSMS_URL', undefined, { CSMS_URL: 'https://d111.cloudfront.net/api/v1' }],
])('the API is where it is said to be: %s', (_, option, environment) => {
  expect(apiUrl(option, environment)).toBe('https://d111.cloudfront.net/api/v1');
});

it.each([{}, { CSMS_URL: '' }])('of which nothing is said, it is where npm start has it: %j', (environment) => {
  expect(apiUrl(undefined, environment)).toBe('http://localhost:9000');
});

it.each([
  ['d111.cloudfront.net', 'https://d111.cloudfront.net'],
  ['//d111.cloudfront.net', 'https://d111.cloudfront.net'],
  ['wss://d111.cloudfront.net/', 'https://d111.cloudfront.net/'],
  ['localhost:9000', 'http://localhost:9000'],
  ['', 'http://localhost:9000'],
  ['http://', 'http://localhost:9000'],
])('"%s" is no URL of the API, %s would be one', (text, instead) => {
  const told = new UsageError(`--url ${text} is no URL of the API: give one like ${instead}.`);
  expect(() => apiUrl(text, {})).toThrow(told);
});

it('CSMS_URL is named where it is what is wrong', () => {
  expect(() => apiUrl(undefined, { CSMS_URL: 'd111.cloudfront.net' })).toThrow(/^CSMS_URL d111\.cloudfront\.net is no/);
});
