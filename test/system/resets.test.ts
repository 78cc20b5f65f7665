import { NOREPLY, type RPCClient } from 'ocpp-rpc';
import { describe, expect, it } from 'vitest';
import type { Protocol } from '../../csms/ocpp/protocol.js';
import { eventsOf, heard, operatorOf } from './operator.js';
import { sessionsOf, vanish } from './sessions.js';
import { testSystem } from './system.js';
import { numberedEvents, telling } from './telling.js';

const csms = testSystem();
const operator = operatorOf(csms);

/** What the meter shows, in Wh. */
const [meterStart, meterStop] = [12_345, 19_579];
const energyWh = meterStop - meterStart;

interface Reset {
  name: string;
  protocol: Protocol;
  type: string;
  /** What the charge point answers. */
  status: 'Accepted' | 'Scheduled';
  /** Is the transaction's end told before the charge point is gone, or after it has booted? */
  isToldBefore: boolean;
  end: { reason: string; trigger?: string };
  bootReason?: string;
}

const immediate = { type: 'Immediate', status: 'Accepted', bootReason: 'RemoteReset' } as const;
const byReset = { reason: 'ImmediateReset', trigger: 'ResetCommand' };
const onIdle = { type: 'OnIdle', status: 'Scheduled', bootReason: 'ScheduledReset', isToldBefore: true } as const;
const byDriver = { reason: 'EVDisconnected', trigger: 'EVDeparted' };

const resets: Reset[] = [
  {
    ...{ name: 'TC_014 soft: its transaction ends first', protocol: 'ocpp1.6', type: 'Soft', status: 'Accepted' },
    ...{ isToldBefore: true, end: { reason: 'SoftReset' } },
  },
  {
    ...{ name: 'TC_013 hard: the stop comes after the boot', protocol: 'ocpp1.6', type: 'Hard', status: 'Accepted' },
    ...{ isToldBefore: false, end: { reason: 'HardReset' } },
  },
  ...(['ocpp2.0.1', 'ocpp2.1'] as const).flatMap((protocol): Reset[] => [
    {
      ...{ name: 'B12 immediate: its transaction ends first', protocol, ...immediate },
      ...{ isToldBefore: true, end: byReset },
    },
    {
      ...{ name: 'B12 immediate: the end comes after the boot', protocol, ...immediate },
      ...{ isToldBefore: false, end: byReset },
    },
    { name: 'B12 on idle: scheduled until the driver leaves', protocol, ...onIdle, end: byDriver },
  ]),
];

describe.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)(
  '%s: a charge point is asked to reset itself',
  (protocol) => {
    const { connect, booted, token, at } = sessionsOf(csms, protocol);

    /** One that has booted, and charges. */
    async function charging() {
      const { identity, client } = await booted();
      const told = eventsOf(csms, identity);
      const begin = { idToken: await token(), wh: meterStart, at: at(-60) };
      return { identity, client, told, transactionId: await telling[protocol](client).start(begin) };
    }

    /** It has no power for a moment, and boots. */
    async function restart({ identity, client }: { identity: string; client: RPCClient }, bootReason?: string) {
      await vanish(client);
      const back = await connect(identity);
      await telling[protocol](back).boot(bootReason);
      return back;
    }

    const lastBoot = async (identity: string) => (await operator.list(identity, 'history?kind=boot&limit=1'))[0].detail;

    it.each(resets.filter((one) => one.protocol === protocol))(
      '$name',
      async ({ type, status, isToldBefore, end, bootReason }) => {
        const { identity, client, told, transactionId } = await charging();
        const settled = csms.event(identity, 'command-settled');
        const asked = heard(client, 'Reset', { status });
        const { body } = await operator.command(identity, 'Reset', { type });
        expect(await asked).toEqual({ type });
        expect(body).toMatchObject({ status: 'accepted', response: { status } });
        expect(await settled).toMatchObject({ commandId: body.commandId, status: 'accepted', response: { status } });
        // It is the charge point that ends it, and nothing else does.
        expect(await operator.hasOpen(identity)).toBe(true);

        const ended = { wh: meterStop, at: at(0), ...end };
        if (isToldBefore) await telling[protocol](client).end(transactionId, ended);
        const back = await restart({ identity, client }, bootReason);
        if (!isToldBefore) {
          expect(await operator.hasOpen(identity)).toBe(true);
          await telling[protocol](back).end(transactionId, ended);
        }

        expect(await operator.list(identity, 'transactions')).toMatchObject([
          { transactionId, isOpen: false, endReason: end.reason, endedAt: ended.at, energyWh },
        ]);
        expect(await operator.hasOpen(identity)).toBe(false);
        expect(await operator.list(identity, 'commands')).toMatchObject([{ action: 'Reset', status: 'accepted' }]);
        if (bootReason) expect(await lastBoot(identity)).toMatchObject({ reason: bootReason });
        const names = ['transaction-started', 'transaction-ended', 'command-settled', 'disconnected'];
        expect(names.map((name) => told(name).length)).toEqual([1, 1, 1, 0]);
        expect(told('transaction-ended')).toMatchObject([{ transactionId, reason: end.reason, energy: energyWh }]);
      },
    );

    const [hard, end] =
      protocol === 'ocpp1.6'
        ? ['Hard', { reason: 'HardReset' }]
        : ['Immediate', { reason: 'ImmediateReset', trigger: 'ResetCommand' }];

    it('and is gone before it answers: nobody asks it again, and its transaction ends all the same', async () => {
      const { identity, client, told, transactionId } = await charging();
      const settled = csms.event(identity, 'command-settled');
      const asked = heard(client, 'Reset', NOREPLY);
      const { status, body } = await operator.ask(`POST /charge-points/${identity}/commands/Reset`, {
        body: { type: hard },
      });
      expect(status).toBe(202);
      await asked;
      const back = await restart({ identity, client }, 'RemoteReset');
      let repeated = 0;
      back.handle('Reset', async () => {
        repeated++;
        return { status: 'Rejected' };
      });
      await telling[protocol](back).end(transactionId, { wh: meterStop, at: at(0), ...end });
      expect(await csms.over(settled)).toMatchObject({ commandId: body.commandId, status: 'timed-out' });
      expect(repeated).toBe(0);
      expect(await operator.list(identity, 'commands')).toMatchObject([{ action: 'Reset', status: 'timed-out' }]);
      expect(await operator.list(identity, 'transactions')).toMatchObject([
        { isOpen: false, endReason: end.reason, energyWh },
      ]);
      expect(['transaction-ended', 'command-settled'].map((name) => told(name).length)).toEqual([1, 1]);
    });

    it('and refuses: its transaction goes on', async () => {
      const { identity, client, told, transactionId } = await charging();
      heard(client, 'Reset', { status: 'Rejected' });
      const { body } = await operator.command(identity, 'Reset', { type: hard });
      expect(body).toMatchObject({ status: 'rejected', code: 'command-rejected' });
      expect(await operator.list(identity, 'transactions')).toMatchObject([{ transactionId, isOpen: true }]);
      expect(told('transaction-ended')).toEqual([]);
    });
  },
);

describe('ocpp2.1', () => {
  const { connect, booted, token, at } = sessionsOf(csms, 'ocpp2.1');

  it('B12 immediate, to resume: the transaction goes on after the boot, and is one', async () => {
    const { identity, client } = await booted();
    const told = eventsOf(csms, identity);
    const transactionId = await telling['ocpp2.1'](client).start({
      idToken: await token(),
      wh: meterStart,
      at: at(-60),
    });
    heard(client, 'Reset', { status: 'Accepted' });
    const { body } = await operator.command(identity, 'Reset', { type: 'ImmediateAndResume' });
    expect(body).toMatchObject({ status: 'accepted' });
    await vanish(client);

    const back = await connect(identity);
    await telling['ocpp2.1'](back).boot('RemoteReset');
    const { updated, ended } = numberedEvents(() => at(0))(back, transactionId, 1);
    await updated({ triggerReason: 'TxResumed', transactionInfo: { chargingState: 'Charging' } });
    expect(await operator.hasOpen(identity)).toBe(true);
    const meterValue = [{ timestamp: at(0), sampledValue: [{ value: meterStop, context: 'Transaction.End' }] }];
    await ended({ triggerReason: 'StopAuthorized', transactionInfo: { stoppedReason: 'Local' }, meterValue });
    expect(await operator.list(identity, 'transactions')).toMatchObject([
      { transactionId, isOpen: false, endReason: 'Local', energyWh },
    ]);
    expect(told('transaction-ended')).toHaveLength(1);
  });
});
