import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { GetThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../start/compile.js';
import { type System, startSystem } from '../../start/system.js';
import { stages } from '../stages.js';
import { clientsOf } from './cloud.js';
import { dial } from './socket.js';
import { eventually, within } from './system.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serverless-csms-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const boot = { reason: 'PowerUp', chargingStation: { model: 'Wallbox', vendorName: 'Acme' } };

describe.concurrent('a system that keeps its things in a folder, closed and started again', () => {
  async function start(): Promise<System> {
    const ports = { port: 0, mqttPort: 0, endpointPort: 0 };
    const template = await compile(stages.dev);
    return startSystem({ template, host: '127.0.0.1', ...ports, folder: join(folder, 'closed') });
  }

  async function reportedBy({ account }: System, thingName: string): Promise<unknown> {
    const { payload } = await clientsOf(account).iotData.send(new GetThingShadowCommand({ thingName }));
    return JSON.parse(Buffer.from(payload ?? []).toString()).state.reported;
  }

  // Starts twice, beside the one below.
  it('admits whom it admitted, refuses strangers and the deleted, and has their shadows', {
    timeout: 60_000,
  }, async () => {
    const before = await start();
    for (const identity of ['KEPT', 'DELETED']) await before.register(identity);
    const socket = await dial(`${before.stack.url}KEPT`);
    expect(await socket.call('BootNotification', boot)).toMatchObject({ status: 'Accepted' });
    await before.unregister('DELETED');
    await eventually('its end', () =>
      dial(`${before.stack.url}DELETED`).then(
        () => undefined,
        () => true,
      ),
    );
    await before.close();
    await within('the end of its sockets', socket.closed);

    const after = await start();
    const again = await dial(`${after.stack.url}KEPT`);
    expect(await again.isAlive()).toBe(true);
    for (const identity of ['CPX', 'DELETED']) {
      await expect(dial(`${after.stack.url}${identity}`)).rejects.toMatchObject({ status: 404 });
    }
    expect(await reportedBy(after, 'KEPT')).toEqual(boot);
    // Thing events are still on.
    await after.register('NEW');
    expect(await (await dial(`${after.stack.url}NEW`)).isAlive()).toBe(true);
    await after.close();
  });
});

describe.concurrent('npm start, killed', () => {
  let running: ChildProcess;
  afterAll(() => running.kill('SIGKILL'));

  /** @returns the URL for charge points, when it is ready */
  async function npmStart(...things: string[]): Promise<string> {
    const ports = ['--port', '0', '--mqtt-port', '0', '--endpoint-port', '0'];
    const options = [...ports, '--keep-in', join(folder, 'killed'), '--things', things.join(), '--no-demo'];
    running = spawn(process.execPath, ['--import', 'tsx', 'start/main.ts', ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let complaints = '';
    running.stderr?.on('data', (chunk) => {
      complaints += chunk;
    });
    let url = '';
    for await (const line of createInterface(running.stdout as NodeJS.ReadableStream)) {
      url ||= /ws:\S+\//.exec(line)?.[0] ?? '';
      if (line.startsWith('ready')) return url;
    }
    throw new Error(`npm start ended: ${complaints}`);
  }

  // Starts twice, each time as a user does, on a machine that may be busy with other tests.
  it('admits those that it admitted, when it is started again', { timeout: 60_000 }, async () => {
    await (await dial(`${await npmStart('KEPT')}KEPT`)).isAlive();
    running.kill('SIGKILL');
    await once(running, 'exit');

    const url = await npmStart('OTHER');
    for (const identity of ['KEPT', 'OTHER']) {
      expect(await (await dial(`${url}${identity}`)).isAlive()).toBe(true);
    }
    await expect(dial(`${url}CPX`)).rejects.toMatchObject({ status: 404 });
  });
});
