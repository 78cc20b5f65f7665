import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../clock.js';
import type { Protocol } from '../protocols.js';
import type { Behaviour } from '../run-scenario.js';
import { startChargePoint } from '../start.js';
import { type AnyFrame, accepted, TestCsms } from '../testing.js';
import { type Scenario, scenarios } from './scenarios.js';

const startedAt = Date.parse('2026-01-01T00:00:00Z');
const answerTimeout = 30_000;

/** Every wait is over at once, except for an answer. */
function hastyClock(): Clock {
  let now = startedAt;
  return {
    now: () => now,
    wait: (ms, signal) => {
      if (ms === answerTimeout) return new Promise((_, reject) => signal.addEventListener('abort', reject));
      now += ms;
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** `undefined`: no answer. */
type Answers = (action: string, payload: AnyFrame[3]) => object | undefined;

const answers: Answers = (action) => {
  if (action === 'BootNotification') return accepted(300);
  if (action === 'StartTransaction') return { transactionId: 7, idTagInfo: { status: 'Accepted' } };
  return action === 'Authorize' ? { idTagInfo: { status: 'Accepted' }, idTokenInfo: { status: 'Accepted' } } : {};
};

let csms: TestCsms;
beforeEach(async () => {
  csms = await new TestCsms().listening();
});
afterEach(() => csms.close());

/** Plays it to its end. @returns what the charge point said, without message ids */
async function play(scenario: Scenario, protocol: Protocol, own: Answers = () => undefined, more: Behaviour = {}) {
  const heard: [action: string, payload: AnyFrame[3], socket: number][] = [];
  let sockets = 0;
  const listen = async () => {
    for (;;) {
      const peer = await csms.peers.take();
      const socket = ++sockets;
      peer.socket.on('message', (data) => {
        const [, id, action, payload] = JSON.parse(data.toString());
        heard.push([action, payload, socket]);
        const answer = own(action, payload) ?? answers(action, payload);
        if (answer instanceof Error) peer.send(4, id, 'InternalError', '', {});
        else peer.send(3, id, answer);
      });
    }
  };
  void listen();
  const backOff = { waitMinimum: 1_000, randomRange: 0, repeatTimes: 0 };
  const clock = hastyClock();
  await startChargePoint({ url: csms.url, identity: 'CP1', protocol, scenario, backOff, clock, ...more });
  return heard;
}

const charging: Scenario = [
  { do: 'plug' },
  { do: 'present' },
  { do: 'charge', watts: 3_600, seconds: 10, sampleEvery: 4 },
  { do: 'end', reason: 'Local' },
  { do: 'unplug' },
];

describe('a session', () => {
  it('1.6 is a transaction from when there are cable and token, under the id that the CSMS gave', async () => {
    const heard = await play(charging, 'ocpp1.6');
    const time = (seconds: number) => new Date(startedAt + seconds * 1000).toISOString();
    const sample = (seconds: number, value: string) => [
      'MeterValues',
      {
        ...{ connectorId: 1, transactionId: 7 },
        meterValue: [{ timestamp: time(seconds), sampledValue: [{ value, context: 'Sample.Periodic', unit: 'Wh' }] }],
      },
      1,
    ];
    const idTag = '04A2B3C4';
    expect(heard).toEqual([
      ['Authorize', { idTag }, 1],
      ['StartTransaction', { connectorId: 1, idTag, meterStart: 0, timestamp: time(0) }, 1],
      sample(4, '4'),
      sample(8, '8'),
      ['StopTransaction', { idTag, meterStop: 10, timestamp: time(10), transactionId: 7, reason: 'Local' }, 1],
    ]);
  });

  it.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
    '%s begins with the cable, and its events are numbered',
    async (protocol) => {
      const heard = await play(charging, protocol, undefined, { idToken: 'MINE', connector: 2 });
      const events = heard.flatMap(([action, payload]) => (action === 'TransactionEvent' ? [payload] : []));
      const shown = events.map(({ eventType, triggerReason, seqNo, meterValue, transactionInfo, idToken }) => [
        ...[eventType, triggerReason, seqNo, meterValue[0].sampledValue[0].value],
        ...[transactionInfo.chargingState, transactionInfo.stoppedReason, idToken?.idToken],
      ]);
      expect(shown).toEqual([
        ['Started', 'CablePluggedIn', 0, 0, 'EVConnected', undefined, undefined],
        ['Updated', 'Authorized', 1, 0, 'Charging', undefined, 'MINE'],
        ['Updated', 'MeterValuePeriodic', 2, 4, 'Charging', undefined, undefined],
        ['Updated', 'MeterValuePeriodic', 3, 8, 'Charging', undefined, undefined],
        ['Ended', 'StopAuthorized', 4, 10, 'EVConnected', 'Local', 'MINE'],
      ]);
      expect(new Set(events.map(({ evse }) => evse.id))).toEqual(new Set([2]));
      expect(new Set(events.map(({ transactionInfo }) => transactionInfo.transactionId)).size).toBe(1);
    },
  );

  it('does not begin when its token is refused', async () => {
    const refuse: Answers = (action) => (action === 'Authorize' ? { idTagInfo: { status: 'Blocked' } } : undefined);
    expect((await play(charging, 'ocpp1.6', refuse)).map(([action]) => action)).toEqual(['Authorize']);
  });

  it('E05 ends as soon as its start is refused', async () => {
    const refuse: Answers = (action) =>
      action === 'StartTransaction' ? { transactionId: 8, idTagInfo: { status: 'ConcurrentTx' } } : undefined;
    const long: Scenario = [
      { do: 'plug' },
      { do: 'present', isKnown: true },
      { ...charging[2], seconds: 10_000 } as never,
    ];
    const [, stop] = (await play(long, 'ocpp1.6', refuse)).filter(([action]) => action.endsWith('Transaction'));
    expect(stop?.slice(0, 2)).toMatchObject(['StopTransaction', { transactionId: 8, reason: 'DeAuthorized' }]);
  });

  it('ends when the cable is pulled', async () => {
    const heard = await play([...charging.slice(0, 3), { do: 'unplug' }], 'ocpp1.6');
    expect(heard.at(-1)?.slice(0, 2)).toMatchObject(['StopTransaction', { meterStop: 10, reason: 'EVDisconnected' }]);
  });
});

describe('a message about a transaction', () => {
  it('that is answered with a CALLERROR is repeated as it was before anything else of it is said', async () => {
    let failures = 2;
    const failing: Answers = (action) => (action === 'StartTransaction' && failures-- > 0 ? new Error() : undefined);
    const heard = await play(charging, 'ocpp1.6', failing);
    const starts = heard.filter(([action]) => action === 'StartTransaction');
    expect(heard.slice(1, 4)).toEqual(starts);
    expect(new Set(starts.map(([, payload]) => JSON.stringify(payload))).size).toBe(1);
    expect(heard.at(-1)?.slice(0, 2)).toMatchObject(['StopTransaction', { transactionId: 7 }]);
  });

  it('is given up after so many attempts: a stop has no transaction id then', async () => {
    const failing: Answers = (action) => (action === 'StartTransaction' ? new Error() : undefined);
    const heard = await play(charging, 'ocpp1.6', failing, { repetition: { attempts: 2, interval: 1_000 } });
    expect(heard.filter(([action]) => action === 'StartTransaction')).toHaveLength(2);
    expect(heard.at(-1)?.slice(0, 2)).toMatchObject(['StopTransaction', { transactionId: -1 }]);
  });
});

describe('the scenario', () => {
  const actions = (heard: [string, unknown, number][]) => heard.map(([action, , socket]) => `${socket} ${action}`);

  it.each([
    ['ocpp1.6', ['Available', 'Preparing', 'Charging', 'Finishing', 'Available']],
    ['ocpp2.0.1', ['Available', 'Occupied', 'Available']],
  ] as const)('session reports in %s when there is another word for its connector', async (protocol, expected) => {
    const statuses = (await play(scenarios.session, protocol)).flatMap(([action, payload]) =>
      action === 'StatusNotification' && payload.connectorId === 1 ? [payload.status ?? payload.connectorStatus] : [],
    );
    expect(statuses).toEqual(expected);
  });

  it('offline-replay says nothing of its session before there is a network again, and then everything', async () => {
    const heard = await play(scenarios['offline-replay'], 'ocpp2.0.1');
    expect(actions(heard)).toEqual([
      ...['1 BootNotification', '1 StatusNotification'],
      ...Array.from({ length: 6 }, () => '2 TransactionEvent'),
    ]);
    const events = heard.slice(2).map(([, payload]) => payload);
    expect(events.map(({ seqNo }) => seqNo)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(events.every(({ offline }) => offline)).toBe(true);
  });

  it('power-loss boots before it says how the transaction ended', async () => {
    const heard = await play(scenarios['power-loss'], 'ocpp1.6');
    const [again, ...rest] = actions(heard).filter((said) => said.startsWith('2 '));
    expect(again).toBe('2 BootNotification');
    expect(rest).toContain('2 StopTransaction');
    const stop = heard.find(([action]) => action === 'StopTransaction');
    expect(stop?.[1]).toMatchObject({ transactionId: 7, meterStop: 92, reason: 'PowerLoss' });
  });
});
