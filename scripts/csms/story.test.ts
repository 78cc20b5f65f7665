import { describe, expect, it } from 'vitest';
import { type ChargePoint, type Known, type SentCommand, stateOf, storyOf } from './story.js';

const at = (minute: number) => `2026-05-20T10:${String(minute).padStart(2, '0')}:00.000Z`;

const chargePoint: ChargePoint = {
  ...{ chargePointId: 'CP1', hasPassword: false, bootedAt: at(2), bootReason: 'PowerUp', bootStatus: 'Accepted' },
  hardware: { vendor: 'Acme', model: 'Wallbox' },
  securityProfile: {},
  connection: {
    ...{ isConnected: true, since: at(2), protocol: 'ocpp2.0.1' },
    lastDisconnect: { at: at(1), reason: 'Going away' },
  },
};

const command = (more: Partial<SentCommand>): SentCommand => ({
  ...{ commandId: 'c1', chargePointId: 'CP1', action: 'Reset', payload: {}, status: 'queued', askedAt: at(5) },
  ...{ expiresAt: at(50), attempts: [] },
  ...more,
});
const attempt = { messageId: 'm1', sentAt: at(6), deadline: at(7) };

const known = (more: Partial<Known> = {}): Known => ({
  chargePoint,
  commands: [],
  transactions: [],
  history: [],
  ...more,
});

describe('the story of a charge point', () => {
  it('has everything in its order, whatever order it was told in', () => {
    const story = storyOf(
      known({
        commands: [
          command({
            ...{ commandId: 'c2', action: 'ClearCache', askedAt: at(8), settledAt: at(9), status: 'accepted' },
            ...{ attempts: [{ messageId: 'm2', sentAt: at(8), deadline: at(9) }], response: { status: 'Accepted' } },
          }),
          command({ settledAt: at(7), status: 'timed-out', reason: 'It did not answer.', attempts: [attempt] }),
        ],
        transactions: [
          {
            ...{ chargePointId: 'CP1', transactionId: 'tx-1', protocol: 'ocpp2.0.1', isOpen: false, evseId: 1 },
            ...{
              startedAt: at(3),
              endedAt: at(8),
              endReason: 'Local',
              energyWh: 1_500,
              firstAt: at(3),
              heardAt: at(8),
            },
            idToken: { idToken: '04A2B3', authorization: 'Accepted' },
          },
        ],
        history: [
          { kind: 'frame', at: at(4), id: 'f1', detail: { action: 'MeterValues', why: 'No such measurand.' } },
          { kind: 'security-event', at: at(0), id: 's1', detail: { type: 'ResetOrReboot' } },
        ],
      }),
    );
    expect(story.map(({ at, what, text }) => `${at.slice(14, 16)} ${what} ${text}`)).toEqual([
      '00 event security-event {"type":"ResetOrReboot"}',
      '01 disconnected Going away',
      '02 connected in ocpp2.0.1, until now',
      '02 boot PowerUp of Acme Wallbox: Accepted',
      '03 transaction tx-1 began on EVSE 1 by 04A2B3 (Accepted)',
      '04 frame MeterValues is kept for repair (f1): No such measurand.',
      '05 command Reset asked for, command c1',
      '06 command Reset sent, message m1',
      '07 command Reset timed-out: It did not answer.',
      '08 transaction tx-1 ended: Local, 1.500 kWh',
      '08 command ClearCache asked for, command c2',
      '08 command ClearCache sent, message m2',
      '09 command ClearCache accepted: {"status":"Accepted"}',
    ]);
  });

  it('goes by the time, however many digits its seconds have', () => {
    const history = [
      { kind: 'security-event', at: '2026-05-20T10:00:00.500Z', id: 'b', detail: {} },
      { kind: 'security-event', at: '2026-05-20T10:00:00Z', id: 'a', detail: {} },
    ];
    const times = storyOf(known({ history })).map(({ at }) => at);
    expect(times.slice(0, 2)).toEqual(['2026-05-20T10:00:00Z', '2026-05-20T10:00:00.500Z']);
  });
});

describe('what it waits for', () => {
  const away: ChargePoint = { ...chargePoint, connection: { isConnected: false } };
  it.each([
    [
      'that is sent: the answer',
      known({ commands: [command({ status: 'sent', attempts: [attempt] })] }),
      `Reset (c1) was sent as message m1 and waits for its answer until ${at(7)}.`,
    ],
    [
      'while it is away: that it connects',
      known({ chargePoint: away, commands: [command({})] }),
      `Reset (c1) waits for the charge point to connect, until ${at(50)}.`,
    ],
    [
      'while it is Rejected: that it is Accepted',
      known({ chargePoint: { ...chargePoint, bootStatus: 'Rejected' }, commands: [command({})] }),
      `Reset (c1) waits for the charge point to be Accepted, until ${at(50)}.`,
    ],
    [
      'behind another: the answer to that',
      known({ commands: [command({ commandId: 'c2' }), command({ status: 'sent', attempts: [attempt] })] }),
      `Reset (c2) waits for the answer to Reset (c1), until ${at(50)}.`,
    ],
  ])('a command %s', (_, what, sentence) => {
    expect(stateOf(what)).toContain(sentence);
  });

  it('a charge point that never came: the name in its URL', () => {
    expect(stateOf(known({ chargePoint: away }))[0]).toContain('It has never connected');
  });
});
