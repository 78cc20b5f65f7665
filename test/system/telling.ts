import type { RPCClient } from 'ocpp-rpc';
import type { Protocol } from '../../csms/ocpp/protocol.js';

type Event = Record<string, unknown> & { transactionInfo?: Record<string, unknown> };

/** 2.x: an id token as messages have it. */
export const tokenOf = (idToken: string) => ({ idToken: { idToken, type: 'ISO14443' } });

/** 2.x: what the register shows, in Wh, as most stations send it. */
export const shows = (timestamp: string, wh: number, context = 'Sample.Periodic') => ({
  meterValue: [{ timestamp, sampledValue: [{ value: wh, context }] }],
});
export const begins = (timestamp: string, wh: number) => shows(timestamp, wh, 'Transaction.Begin');
export const ends = (timestamp: string, wh: number) => shows(timestamp, wh, 'Transaction.End');

/**
 * 2.x: transactions as their station tells them: the events of each are numbered.
 *
 * @param now the time, ISO 8601
 */
export function numberedEvents(now: () => string) {
  return (station: RPCClient, transactionId: string, seqNo = 0) => {
    let next = seqNo;
    const event = (eventType: string, { transactionInfo, ...more }: Event) => ({
      ...{ eventType, timestamp: now(), triggerReason: 'MeterValuePeriodic', seqNo: next++ },
      ...{ transactionInfo: { transactionId, ...transactionInfo }, evse: { id: 1, connectorId: 1 } },
      ...more,
    });
    const tell = (eventType: string) => (more: Event) => station.call('TransactionEvent', event(eventType, more));
    return { event, started: tell('Started'), updated: tell('Updated'), ended: tell('Ended') };
  };
}

/** Wh on the meter, at a time in ISO 8601. */
interface Register {
  wh: number;
  at: string;
}

interface Begin extends Register {
  idToken: string;
  /** 2.x only. */
  remoteStartId?: number;
}

interface End extends Register {
  reason: string;
  /** 2.x only. */
  trigger?: string;
}

/** What a charge point tells of itself and of its one session at a time, in any version. */
export interface Telling {
  boot(reason?: string): Promise<unknown>;
  /** @returns the transaction's id */
  start(begin: Begin): Promise<string>;
  /** @param transactionId of one that it started, by this connection or by another */
  end(transactionId: string, end: End): Promise<unknown>;
}

function telling16(client: RPCClient): Telling {
  return {
    boot: () => client.call('BootNotification', { chargePointVendor: 'Acme', chargePointModel: 'Wallbox' }),
    async start({ idToken, wh, at }) {
      const start = { connectorId: 1, idTag: idToken, meterStart: wh, timestamp: at };
      return String(((await client.call('StartTransaction', start)) as { transactionId: number }).transactionId);
    },
    end: (transactionId, { wh, at, reason }) =>
      client.call('StopTransaction', { transactionId: Number(transactionId), meterStop: wh, timestamp: at, reason }),
  };
}

let transactions = 0;

function telling2x(client: RPCClient): Telling {
  return {
    boot: (reason = 'PowerUp') =>
      client.call('BootNotification', { reason, chargingStation: { model: 'Wallbox', vendorName: 'Acme' } }),
    async start({ idToken, wh, at, remoteStartId }) {
      const transactionId = `T-${++transactions}`;
      const asked = remoteStartId !== undefined;
      await numberedEvents(() => at)(client, transactionId).started({
        triggerReason: asked ? 'RemoteStart' : 'Authorized',
        ...(asked && { transactionInfo: { remoteStartId } }),
        ...{ ...tokenOf(idToken), ...begins(at, wh) },
      });
      return transactionId;
    },
    end: (transactionId, { wh, at, reason, trigger = 'StopAuthorized' }) =>
      numberedEvents(() => at)(client, transactionId, 1).ended({
        ...{ triggerReason: trigger, transactionInfo: { stoppedReason: reason } },
        ...ends(at, wh),
      }),
  };
}

export const telling: Record<Protocol, (client: RPCClient) => Telling> = {
  'ocpp1.6': telling16,
  'ocpp2.0.1': telling2x,
  'ocpp2.1': telling2x,
};
