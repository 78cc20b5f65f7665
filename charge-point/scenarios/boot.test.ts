import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Protocol } from '../protocols.js';
import { startChargePoint } from '../start.js';
import { accepted, ManualClock, TestCsms } from '../testing.js';
import { scenarios } from './scenarios.js';

const id = expect.stringMatching(/^[\w-]{36}$/);
const hardware = { serial: 'S-7', model: 'Wallbox', version: '2.4.1', vendor: 'Acme', connectors: 2 };
const station = { serialNumber: 'S-7', model: 'Wallbox', vendorName: 'Acme', firmwareVersion: '2.4.1' };
const timestamp = '2026-01-01T00:00:00.000Z';
const refused = { currentTime: timestamp, interval: 10 };

let csms: TestCsms;
let clock: ManualClock;
let end: AbortController;
beforeEach(async () => {
  csms = await new TestCsms().listening();
  clock = new ManualClock();
  end = new AbortController();
});
afterEach(async () => {
  end.abort();
  await csms.close();
});

function start(protocol: Protocol) {
  const run = startChargePoint({
    url: csms.url,
    identity: 'CP1',
    protocol,
    hardware,
    scenario: scenarios.boot,
    backOff: { waitMinimum: 1_000, randomRange: 0, repeatTimes: 0 },
    clock,
    signal: end.signal,
  });
  return { run, peer: csms.peers.take() };
}

describe('the boot scenario', () => {
  it('in 1.6 reports the charge point itself and each connector', async () => {
    const peer = await start('ocpp1.6').peer;
    const status = { errorCode: 'NoError', status: 'Available', timestamp };
    expect(await peer.answer(accepted(300))).toEqual([
      2,
      id,
      'BootNotification',
      {
        chargePointVendor: 'Acme',
        chargePointModel: 'Wallbox',
        chargePointSerialNumber: 'S-7',
        firmwareVersion: '2.4.1',
      },
    ]);
    expect(await peer.answer({})).toEqual([2, id, 'StatusNotification', { connectorId: 0, ...status }]);
    expect(await peer.answer({})).toEqual([2, id, 'StatusNotification', { connectorId: 1, ...status }]);
    expect(await peer.answer({})).toEqual([2, id, 'StatusNotification', { connectorId: 2, ...status }]);
    await clock.pass(300_000);
    expect(await peer.frames.take()).toEqual([2, id, 'Heartbeat', {}]);
  });

  it.each(['ocpp2.0.1', 'ocpp2.1'] as const)('in %s reports one connector of each EVSE', async (protocol) => {
    const peer = await start(protocol).peer;
    const status = { connectorId: 1, connectorStatus: 'Available', timestamp };
    expect(await peer.answer(accepted(300))).toEqual([
      2,
      id,
      'BootNotification',
      { reason: 'PowerUp', chargingStation: station },
    ]);
    expect(await peer.answer({})).toEqual([2, id, 'StatusNotification', { evseId: 1, ...status }]);
    expect(await peer.answer({})).toEqual([2, id, 'StatusNotification', { evseId: 2, ...status }]);
    await clock.pass(300_000);
    expect(await peer.frames.take()).toEqual([2, id, 'Heartbeat', {}]);
  });

  it.each(['Pending', 'Rejected'])(
    'B02/B03 %s: asks again after the interval, and says nothing else',
    async (status) => {
      const peer = await start('ocpp2.0.1').peer;
      await peer.answer({ ...refused, status });
      await clock.pass(10_000);
      expect((await peer.answer(accepted(300)))[2]).toBe('BootNotification');
      expect((await peer.answer({}))[2]).toBe('StatusNotification');
    },
  );

  it('asks again after its own interval when the boot is answered with a CALLERROR or an interval of 0', async () => {
    const peer = await start('ocpp2.0.1').peer;
    peer.send(4, (await peer.frames.take())[1], 'InternalError', '', {});
    await clock.pass(60_000);
    await peer.answer({ ...refused, status: 'Pending', interval: 0 });
    await clock.pass(60_000);
    expect((await peer.frames.take())[2]).toBe('BootNotification');
  });

  it('keeps to the heartbeat interval, answered or not', async () => {
    const peer = await start('ocpp2.0.1').peer;
    await peer.answer(accepted(42));
    await peer.answer({});
    await peer.answer({});
    await clock.pass(42_000);
    expect((await peer.answer({ currentTime: timestamp }))[2]).toBe('Heartbeat');
    await clock.pass(42_000);
    expect((await peer.frames.take())[2]).toBe('Heartbeat');
    await clock.pass(30_000); // the time-out of the call
    await clock.pass(42_000);
    expect((await peer.frames.take())[2]).toBe('Heartbeat');
  });

  it('goes on after a reconnect, without a new BootNotification', async () => {
    const peer = await start('ocpp2.0.1').peer;
    await peer.answer(accepted(300));
    await peer.answer({});
    await peer.answer({});
    peer.socket.terminate();
    await clock.pass(1_000);
    const again = await csms.peers.take();
    await clock.pass(300_000);
    expect((await again.frames.take())[2]).toBe('Heartbeat');
  });

  it('ends with 1000 when it is told to', async () => {
    const { run, peer } = start('ocpp2.0.1');
    await (await peer).frames.take();
    end.abort();
    await run;
    expect(await (await peer).closed).toBe(1000);
  });
});
