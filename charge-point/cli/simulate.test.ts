import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accepted, ManualClock, TestCsms } from '../testing.js';
import { simulate } from './simulate.js';

let csms: TestCsms;
let out: string[];
let err: string[];
let end: AbortController;
beforeEach(async () => {
  csms = await new TestCsms().listening();
  out = [];
  err = [];
  end = new AbortController();
});
afterEach(() => csms.close());

function run(args: string[], colours = false, clock = new ManualClock()): Promise<number> {
  return simulate(
    args,
    { out: (line) => out.push(line), err: (line) => err.push(line), colours, signal: end.signal },
    clock,
  );
}

describe('npm run simulate', () => {
  it('boots with the hardware of the flags and prints each frame on one line', async () => {
    const clock = new ManualClock();
    const args = ['--cp-serial', 'S', '--cp-model', 'M', '--cp-version', 'V', '--cp-vendor', 'W', '--protocol', '1.6'];
    const exit = run(['--url', csms.url, '--cp-id', 'CP7', ...args], false, clock);
    const peer = await csms.peers.take();
    const boot = await peer.frames.take();
    peer.socket.send(JSON.stringify([3, boot[1], accepted(5)], null, 2));
    await peer.answer({});
    await peer.answer({});
    await clock.pass(5_000);
    await peer.frames.take();
    end.abort();
    expect(await exit).toBe(0);
    expect(peer.request.url).toBe('/CP7');
    expect(out[0]).toBe(
      `CP7 → [2,"${boot[1]}","BootNotification",{"chargePointVendor":"W","chargePointModel":"M","chargePointSerialNumber":"S","firmwareVersion":"V"}]`,
    );
    expect(out[1]).toMatch(/^CP7 ← \[ 3, "[\w-]+", \{ "status": "Accepted".* \} \]$/);
    expect(out.map((line) => line.match(/[A-Z]\w+Notification|Heartbeat/)?.[0]).filter(Boolean)).toEqual([
      'BootNotification',
      'StatusNotification',
      'StatusNotification',
      'Heartbeat',
    ]);
    expect(await peer.closed).toBe(1000);
    expect(err.at(-1)).toBe('CP7 disconnected (1000)');
  });

  it("plays the scenario of the flags with the driver's token, and ends with it", async () => {
    const clock = new ManualClock();
    const flags = ['--scenario', 'session', '--id-token', 'MINE', '--protocol', '1.6'];
    const exit = run(['--url', csms.url, ...flags], false, clock);
    const peer = await csms.peers.take();
    const info = { idTagInfo: { status: 'Accepted' } };
    const said: string[] = [];
    peer.socket.removeAllListeners('message');
    peer.socket.on('message', (data) => {
      const [, id, action] = JSON.parse(data.toString());
      said.push(action);
      if (action === 'BootNotification') peer.send(3, id, accepted(300));
      else if (action === 'StartTransaction') peer.send(3, id, { transactionId: 1, ...info });
      else peer.send(3, id, action === 'Authorize' ? info : {});
    });
    for (let quarter = 0; quarter < 4; quarter++) await clock.pass(15_000);
    expect(await exit).toBe(0);
    expect(said.filter((action) => action.endsWith('Transaction'))).toEqual(['StartTransaction', 'StopTransaction']);
    expect(out.some((line) => line.includes('"idTag":"MINE"'))).toBe(true);
    expect(await peer.closed).toBe(1000);
  });

  it('colours on a terminal only', async () => {
    const exit = run(['--url', csms.url], true);
    await (await csms.peers.take()).frames.take();
    end.abort();
    await exit;
    expect(out[0]).toContain('\u001b[36m→\u001b[0m [2,');
  });

  it.each([
    [404, 'CP9 is not registered as an IoT Thing', 'npm run register -- CP9', '--deployed'],
    [401, 'without a password', '--password', 'npx csms charge-points password CP9'],
    [403, "the edge's URL, printed as the WebSocket URL", 'not the execute-api one'],
    [500, 'HTTP status 500'],
  ])('tells what to do about %i', async (status, ...sentences) => {
    csms.refuse = status;
    expect(await run(['--url', csms.url, '--cp-id', 'CP9'])).toBe(1);
    for (const sentence of sentences) expect(err.at(-1)).toContain(sentence);
  });

  it('asks whether the system is running when nothing listens', async () => {
    await csms.close();
    expect(await run(['--url', csms.url])).toBe(1);
    expect(err).toEqual([`Nothing listens at ${csms.url}: is the system running there (\`npm start\`)?`]);
  });

  it('says which subprotocol was offered to a system that speaks another', async () => {
    await csms.close();
    csms = await new TestCsms(() => false).listening();
    expect(await run(['--url', csms.url, '--protocol', 'ocpp2.1'])).toBe(1);
    expect(err.at(-1)).toContain('(ocpp2.1)');
  });

  it('tells why the system may have closed the connection', async () => {
    const exit = run(['--url', csms.url]);
    const peer = await csms.peers.take();
    await peer.frames.take();
    peer.socket.close(1000);
    await peer.closed;
    await vi.waitFor(() => expect(err.join('\n')).toContain('CP1 was closed by the system (1000): another connection'));
    end.abort();
    await exit;
  });

  it('ends with the sentence when the charge point is deleted while it runs', async () => {
    // The wait of the back-off has a random length: this clock lets it pass, and time-outs never come.
    const clock = new ManualClock();
    const exit = simulate(
      ['--url', csms.url],
      { out: () => {}, err: (line) => err.push(line), colours: false, signal: end.signal },
      { now: clock.now, wait: (ms, signal) => (ms < 5_000 ? Promise.resolve() : clock.wait(ms, signal)) },
    );
    const peer = await csms.peers.take();
    csms.refuse = 404;
    peer.socket.close(1008);
    expect(await exit).toBe(1);
    expect(err.at(-1)).toContain('CP1 is not registered as an IoT Thing');
  });

  it.each([
    [['--protocol', 'ocpp3'], '--protocol ocpp3 is not known: it is one of ocpp1.6, ocpp2.0.1, ocpp2.1.'],
    [
      ['--scenario', 'toString'],
      '--scenario toString is not known: it is one of boot, session, offline-replay, power-loss.',
    ],
    [['--url', 'http://localhost'], '--url http://localhost is no WebSocket URL: give one like ws://localhost:9000.'],
    [['--url', 'ws://:x'], '--url ws://:x is no WebSocket URL: give one like ws://localhost:9000.'],
    [['--cp-id', ''], '--cp-id is empty: give the name of an IoT Thing.'],
    [['--colour'], "Unknown option '--colour'."],
    [['CP1'], "Unexpected argument 'CP1'."],
    [['--url'], "Option '--url <value>' argument missing."],
  ])('tells the mistake in %j, with the usage', async (args, sentence) => {
    expect(await run(args)).toBe(1);
    expect(err[0]?.split('\n')[0]).toBe(sentence);
    expect(err[0]).toContain('Usage: npm run simulate');
  });

  it('--help names each option', async () => {
    expect(await run(['--help'])).toBe(0);
    for (const option of [
      'scenario',
      'id-token',
      'url',
      'cp-id',
      'cp-serial',
      'cp-model',
      'cp-version',
      'cp-vendor',
      'protocol',
      'password',
    ]) {
      expect(out[0]).toContain(`--${option} `);
    }
  });

  it('as a process ends with 1000 and exit code 0 on Ctrl-C', async () => {
    const main = fileURLToPath(new URL('../main.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', main, '--url', csms.url], { stdio: 'ignore' });
    const exit = once(child, 'exit');
    const peer = await csms.peers.take();
    await peer.frames.take();
    child.kill('SIGINT');
    expect(await peer.closed).toBe(1000);
    expect(await exit).toEqual([0, null]);
  });
});
