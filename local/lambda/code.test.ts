import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Code, unpack } from './code.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function inline(ZipFile: string, { Handler = 'index.handler', Runtime = 'nodejs22.x' } = {}): Code {
  const target = mkdtempSync(join(tmpdir(), 'code-'));
  folders.push(target);
  const properties = { Code: { ZipFile }, Handler, Runtime };
  const lambda = { logicalId: 'Own', type: 'AWS::Lambda::Function', ref: 'own', attributes: {}, properties };
  return unpack(lambda, 'nowhere', target);
}

/** What a module exports. */
const load = ({ file }: Code) => createRequire(import.meta.url)(file);

describe('code that stands in the template', () => {
  it('is CommonJS in a file index.js', () => {
    const code = inline("exports.handler = () => require('node:path').basename(__filename);");
    expect(code.exportName).toBe('handler');
    expect(load(code).handler()).toBe('index.js');
  });

  it('finds the AWS SDK, and no other module of ours', () => {
    const code = inline("exports.sdk = require('@aws-sdk/client-iot-data-plane'); exports.find = () => require('ws');");
    expect(load(code)).toMatchObject({ sdk: { PublishCommand: expect.any(Function) } });
    expect(() => load(code).find()).toThrow("Cannot find module 'ws'");
  });

  it.each([
    ['handler', 'exports.handler = 1', { Handler: 'main.handler' }],
    ['runs nodejs', 'def handler(): pass', { Runtime: 'python3.13' }],
    ['4 MB', ' '.repeat(4 * 1024 * 1024 + 1), {}],
  ])('is refused as CloudFormation would refuse it: %s', (why, code, how) => {
    expect(() => inline(code, how)).toThrow(why);
  });
});
