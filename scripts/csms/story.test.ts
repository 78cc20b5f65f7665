import { describe, expect, it } from 'vitest';
import { type RefusalCode, refusals } from '../../schemas/refusals.js';
import { stateOf } from './state.js';
import type { ChargePoint, HistoryEntry, Knock, Known, SentCommand } from './story/known.js';
import { storyOf } from './story.js';

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
  ...{ chargePointId: 'CP1', chargePoint, knocks: [], commands: [], transactions: [], history: [], messages: [] },
  ...more,
});
const knock = (code: Knock['code'], more: Partial<Knock> = {}): Knock => ({
  ...{ chargePointId: 'CP1', code, firstAt: at(0), lastAt: at(0), times: 1, hasCredentials: true },
  ...more,
});
const entry = (kind: string, minute: number, detail: object): HistoryEntry => ({
  ...{ kind, at: at(minute), id: `${kind}-${minute}` },
  detail: detail as HistoryEntry['detail'],
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

  it.each([
    ['that never came: the name in its URL', {}, /^It has never connected, and .* was refused: compare the name/],
    ['that came with a wrong password: that', { knocks: [knock('wrong-password')] }, /never been let in\. .*password/],
  ])('a charge point %s', (_, more, told) => {
    const { bootedAt: __, ...never } = away;
    expect(stateOf(known({ chargePoint: never, ...more }))[0]).toMatch(told);
  });

  it('a charge point that was refused since it left: why', () => {
    const left = { ...away, connection: { isConnected: false, lastDisconnect: { at: at(30), reason: 'Going away' } } };
    const knocks = [knock('no-password', { lastAt: at(40) }), knock('wrong-password', { lastAt: at(20) })];
    const state = stateOf(known({ chargePoint: left, knocks }));
    expect(state[0]).toBe(`It is not connected since ${at(30)}: Going away.`);
    expect(state[1]).toContain('(no-password)');
    expect(state.join()).not.toContain('(wrong-password)');
  });

  it.each([
    ['has knocked: the command that lets it in', [knock('not-registered')], 'csms knocks accept CP1'],
    ['has not: the command that registers it', [], 'csms charge-points add CP1, or npm run register -- CP1'],
  ])('one that nobody has registered, and that %s', (_, knocks, command) => {
    const state = stateOf(known({ chargePoint: undefined, knocks })).join(' ');
    expect(state).toContain('CP1 is not registered here');
    expect(state).toContain(command);
  });

  it('a viewer: frames are not for him', () => {
    expect(stateOf(known({ messages: undefined })).at(-1)).toMatch(/^Frames are for role operator/);
  });
});

describe('how a charge point came and went', () => {
  const connected = (minute: number, more: object = {}) =>
    entry('connected', minute, { connectionId: `c${minute}`, protocol: 'ocpp1.6', since: at(minute), ...more });
  const hours = (count: number, minute: number) => new Date(Date.parse(at(minute)) + count * 3_600_000).toISOString();
  const told = (history: HistoryEntry[], connection = { isConnected: false }) =>
    storyOf(
      known({ history, chargePoint: { chargePointId: 'CP1', hasPassword: false, securityProfile: {}, connection } }),
    ).map(({ text }) => text);

  it('a reconnect because a connection came of age is told as that', () => {
    const lastDisconnect = { since: hours(1.5, 0), reason: 'Connection Closed Normally' };
    const again = { ...connected(0, { since: hours(1.5, 1), lastDisconnect }), at: hours(1.5, 1) };
    expect(told([again, connected(0)])).toEqual([
      'in ocpp1.6',
      'in ocpp1.6, 60 s after the one before: that had come of age at 90 min, so it was only its lifetime',
    ]);
  });

  it('one for another reason with that', () => {
    const lastDisconnect = { since: at(7), reason: 'closed with 1006' };
    expect(told([connected(0), connected(10, { lastDisconnect })])[1]).toBe(
      'in ocpp1.6, 3 min after the one before, which was 7 min old: closed with 1006',
    );
  });

  it('one in place of another as such, and one of which no more is known as that', () => {
    expect(told([connected(0), connected(10, { replaced: 'c0' })])[1]).toContain('in place of another connection');
    expect(told([connected(0), connected(10)])[1]).toBe('in ocpp1.6, again');
  });

  it('the connection that it has is said to last', () => {
    expect(told([connected(10)], { isConnected: true, since: at(10), protocol: 'ocpp1.6' } as never)).toEqual([
      'in ocpp1.6, until now',
    ]);
  });
});

describe('what was not answered', () => {
  const message = { at: at(5), messageId: 'm1', action: 'StartTransaction' };
  const told = (more: object, rest: Partial<Known> = {}) =>
    storyOf(known({ messages: [{ ...message, ...more }], ...rest }))
      .filter(({ what }) => what === 'message')
      .map(({ text }) => text);

  it('is told with its message id, and where it stopped', () => {
    expect(told({ askedBy: 'charge-point' })[0]).toMatch(/^StartTransaction \(message m1\) came as far as csms/);
    expect(told({ askedBy: 'csms', commandId: 'c9' })[0]).toBe(
      'StartTransaction (message m1) was sent, and not answered',
    );
  });

  it('is not told twice, and what is never answered not at all', () => {
    expect(told({ askedBy: 'csms', commandId: 'c1' }, { commands: [command({})] })).toEqual([]);
    expect(told({ askedBy: 'charge-point', action: 'NotifyPeriodicEventStream' })).toEqual([]);
  });
});

describe('each refusal explains itself', () => {
  const handshake = (code: Knock['code']) => known({ knocks: [knock(code)] });
  const kept = (kind: string) => (code: RefusalCode) => {
    const detail = { code, action: 'Heartbeat', messageId: 'm1', deviations: [], key: 'X', reason: 'so it is' };
    return known({ history: [entry(kind, 3, detail)] });
  };
  const refused = kept('frame-refused');
  const undelivered = kept('not-delivered');
  const settled = (code: RefusalCode) => known({ commands: [command({ settledAt: at(7), status: 'failed', code })] });
  /** Where each is told. */
  const carriers: Record<Exclude<RefusalCode, 'not-through-edge'>, (code: never) => Known> = {
    'not-registered': handshake,
    'other-namespace': handshake,
    'no-password': handshake,
    'wrong-password': handshake,
    'no-common-subprotocol': handshake,
    'not-a-frame': refused,
    'frame-too-large': kept('frame-too-large'),
    'message-type-not-supported': refused,
    'action-not-known': refused,
    'action-not-for-csms': refused,
    'not-accepted': refused,
    'payload-not-valid': kept('protocol-deviation'),
    'partly-understood': kept('frame'),
    'message-not-handled': refused,
    'not-connected': refused,
    'certificate-not-signed': kept('certificate-requested'),
    'desire-not-understood': kept('configuration-refused'),
    'shadow-too-large': kept('shadow-refused'),
    'answer-not-a-frame': undelivered,
    'answer-without-connection': undelivered,
    'answer-too-late': undelivered,
    'answered-already': undelivered,
    'charge-point-unknown': undelivered,
    'message-id-taken': undelivered,
    'message-id-invalid': undelivered,
    'charge-point-pending': settled,
    'action-unknown': settled,
    'payload-invalid': settled,
    'command-rejected': settled,
    'answered-with-error': settled,
    'answer-invalid': settled,
    'command-timed-out': settled,
    'command-expired': settled,
    'command-cancelled': settled,
  };

  it.each(Object.entries(carriers))('%s, in a sentence, and says where there is more', (code, carrier) => {
    const told = storyOf(carrier(code as never)).filter((one) => one.code === code);
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain(refusals[code as RefusalCode]);
    expect(told[0]?.help).toBe(`/api/v1/docs/problems#${code}`);
  });

  it('not-through-edge, of whom nothing is kept, where a charge point was never seen', () => {
    const never = { chargePointId: 'CP1', hasPassword: false, securityProfile: {}, connection: { isConnected: false } };
    expect(stateOf(known({ chargePoint: never })).join(' ')).toContain('(not-through-edge)');
  });
});
