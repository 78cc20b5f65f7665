import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createValidator, RPCServer } from 'ocpp-rpc';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from './commands/handlers.js';
import { protocols } from './protocols.js';
import { scenarios } from './scenarios/scenarios.js';
import { startChargePoint } from './start.js';
import { accepted, Mailbox, ManualClock } from './testing.js';

/** ocpp-rpc 2.2 looks for `.req` and `.conf`, but its schemas of 2.1 are named `Request` and `Response`. */
function validatorOf21() {
  const schemas = createRequire(import.meta.url)('ocpp-rpc/lib/schemas/ocpp2_1.json') as { $id: string }[];
  return createValidator(
    'ocpp2.1',
    schemas.map((schema) => ({
      ...schema,
      $id: schema.$id.replace(/Request$/, '.req').replace(/Response$/, '.conf'),
    })),
  );
}

function permission(protocol: string, method: string): object {
  if (protocol !== 'ocpp1.6') return { idTokenInfo: { status: 'Accepted' } };
  return { idTagInfo: { status: 'Accepted' }, ...(method === 'StartTransaction' && { transactionId: 1 }) };
}

const calls = new Mailbox<string>();
const server = new RPCServer({
  protocols: [...protocols],
  strictMode: true,
  strictModeValidators: [validatorOf21()],
});
const answerTimeout = 30_000;
/** The charge point that is connected. */
const connected = new Mailbox<any>();
let url: string;
beforeAll(async () => {
  server.on('client', (client: any) => {
    connected.put(client);
    client.on('strictValidationFailure', ({ error }: { error: Error }) => calls.put(`invalid: ${error.message}`));
    client.handle(({ method }: { method: string }) => {
      calls.put(method);
      if (method === 'BootNotification') return accepted(300);
      if (method === 'Authorize' || method === 'StartTransaction') return permission(client.protocol, method);
      return method === 'Heartbeat' ? { currentTime: '2026-01-01T00:00:00Z' } : {};
    });
  });
  const http = await server.listen(0, '127.0.0.1');
  url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterAll(() => server.close({ force: true }));

it.each(protocols)('%s: every frame passes the schemas of a server that others wrote', async (protocol) => {
  const end = new AbortController();
  const clock = new ManualClock();
  const refusals: string[] = [];
  const run = startChargePoint({
    url,
    identity: 'CP1',
    protocol,
    scenario: scenarios.boot,
    onFrame: (direction, text) => direction === 'received' && text.startsWith('[4') && refusals.push(text),
    clock,
    signal: end.signal,
  });
  expect(await calls.take()).toBe('BootNotification');
  for (const _connector of protocol === 'ocpp1.6' ? [0, 1] : [1]) expect(await calls.take()).toBe('StatusNotification');
  await clock.pass(300_000);
  expect(await calls.take()).toBe('Heartbeat');
  await clock.pass(300_000);
  expect(await calls.take()).toBe('Heartbeat');
  end.abort();
  await run;
  expect(refusals).toEqual([]);
});

const sessions = (['session', 'offline-replay', 'power-loss'] as const).flatMap((name) =>
  protocols.map((protocol) => [name, protocol] as const),
);

it.each(sessions)('%s in %s: every frame passes them too', async (name, protocol) => {
  const refusals: string[] = [];
  const { now } = new ManualClock();
  await startChargePoint({
    ...{ url, identity: 'CP1', protocol, scenario: scenarios[name] },
    onFrame: (direction, text) => direction === 'received' && text.startsWith('[4') && refusals.push(text),
    // Nothing is waited for but answers.
    clock: {
      now,
      wait: (ms, signal) =>
        ms === answerTimeout
          ? new Promise((_, reject) => signal.addEventListener('abort', reject))
          : new Promise((resolve) => setImmediate(resolve)),
    },
  });
  expect(refusals).toEqual([]);
  const said = Array.from({ length: calls.size }, () => calls.take());
  const transactional = protocol === 'ocpp1.6' ? 'StopTransaction' : 'TransactionEvent';
  expect(await Promise.all(said)).toContain(transactional);
});

const token = { idToken: 'T', type: 'ISO14443' };
const later = '2026-01-02T00:00:00Z';
const variable = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } };
const schedule = { chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 1_000 }] };
const profile = { stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Absolute' };

/** One of each that it takes, in an order in which each is taken; the reset is the last. */
const asked16: [action: string, payload: object][] = [
  ['ChangeAvailability', { connectorId: 0, type: 'Operative' }],
  ['ChangeConfiguration', { key: 'LocalPreAuthorize', value: 'true' }],
  ['GetConfiguration', { key: ['Nonsense'] }],
  ['ClearCache', {}],
  ['DataTransfer', { vendorId: 'com.acme' }],
  ['SendLocalList', { listVersion: 1, updateType: 'Full', localAuthorizationList: [{ idTag: 'T' }] }],
  ['GetLocalListVersion', {}],
  [
    'SetChargingProfile',
    { connectorId: 1, csChargingProfiles: { chargingProfileId: 1, ...profile, chargingSchedule: schedule } },
  ],
  ['ClearChargingProfile', {}],
  ['ReserveNow', { connectorId: 1, expiryDate: later, idTag: 'T', reservationId: 1 }],
  ['CancelReservation', { reservationId: 1 }],
  ['TriggerMessage', { requestedMessage: 'MeterValues' }],
  ['ExtendedTriggerMessage', { requestedMessage: 'StatusNotification' }],
  ['RemoteStartTransaction', { idTag: 'T' }],
  ['RemoteStopTransaction', { transactionId: 2 }],
  ['UnlockConnector', { connectorId: 1 }],
  ['Reset', { type: 'Soft' }],
];

const asked2: [action: string, payload: object][] = [
  ['ChangeAvailability', { operationalStatus: 'Operative' }],
  ['SetVariables', { setVariableData: [{ ...variable, attributeValue: '300' }] }],
  ['GetVariables', { getVariableData: [variable] }],
  ['GetBaseReport', { requestId: 1, reportBase: 'FullInventory' }],
  ['ClearCache', {}],
  ['DataTransfer', { vendorId: 'com.acme' }],
  ['SendLocalList', { versionNumber: 1, updateType: 'Full', localAuthorizationList: [{ idToken: token }] }],
  ['GetLocalListVersion', {}],
  [
    'SetChargingProfile',
    { evseId: 1, chargingProfile: { id: 1, ...profile, chargingSchedule: [{ id: 1, ...schedule }] } },
  ],
  ['ClearChargingProfile', { chargingProfileId: 1 }],
  ['ReserveNow', { id: 1, evseId: 1, expiryDateTime: later, idToken: token }],
  ['CancelReservation', { reservationId: 1 }],
  ['TriggerMessage', { requestedMessage: 'MeterValues' }],
  ['RequestStartTransaction', { idToken: token, remoteStartId: 1 }],
  ['RequestStopTransaction', { transactionId: 'another' }],
  ['UnlockConnector', { evseId: 1, connectorId: 1 }],
  ['Reset', { type: 'Immediate' }],
];

async function connectionOf(identity: string) {
  for (;;) {
    const client = await connected.take();
    if (client.identity === identity) return client;
  }
}

it.each(protocols)('%s: every answer passes them, and what follows it', async (protocol) => {
  const asked = protocol === 'ocpp1.6' ? asked16 : asked2;
  expect(asked.map(([action]) => action).sort()).toEqual(Object.keys(routes[protocol]).sort());
  const end = new AbortController();
  const clock = new ManualClock();
  const sent: string[] = [];
  const refusals: string[] = [];
  const run = startChargePoint({
    ...{ url, identity: protocol, protocol, scenario: scenarios.boot, clock, signal: end.signal },
    backOff: { waitMinimum: 1_000, randomRange: 0, repeatTimes: 0 },
    onFrame(direction, text) {
      if (direction === 'sent') sent.push(text);
      else if (text.startsWith('[4')) refusals.push(text);
    },
  });
  const client = await connectionOf(protocol);
  while (!sent.some((text) => text.includes('StatusNotification'))) await calls.take();
  // ocpp-rpc has no schema for what the security whitepaper adds to 1.6.
  for (const [action, payload] of asked.filter(([action]) => !action.startsWith('Extended')))
    expect(await client.call(action, payload), action).toBeTypeOf('object');
  await clock.pass(3_000);
  await clock.pass(1_000);
  await connectionOf(protocol);
  while (!sent.some((text) => /RemoteReset/.test(text)) && protocol !== 'ocpp1.6') await calls.take();
  end.abort();
  await run;
  expect(refusals).toEqual([]);
  const said = Array.from({ length: calls.size }, () => calls.take());
  expect((await Promise.all(said)).filter((what) => what.startsWith('invalid'))).toEqual([]);
});
