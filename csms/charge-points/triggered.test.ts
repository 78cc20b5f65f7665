import { describe, expect, it } from 'vitest';
import { inMemory } from '../../test/memory/index.js';
import type { Command } from '../commands/ports.js';
import { isWithheld, noteTriggered } from './registration.js';

const minute = 60_000;

/** CP1, which is Pending, was sent a command. */
async function asked(action: string, payload: object) {
  const { commands, clock } = inMemory();
  const command = { chargePointId: 'CP1', action, payload: JSON.stringify(payload) } as Command;
  await noteTriggered(command, clock.now(), commands);
  return { clock, isTriggered: (message: string) => commands.isTriggered('CP1', message, clock.now()) };
}

describe('B02 a charge point that is Pending and is asked for', () => {
  it.each([
    ['TriggerMessage', 'BootNotification', ['BootNotification']],
    ['TriggerMessage', 'StatusNotification', ['StatusNotification']],
    [
      ...['ExtendedTriggerMessage', 'FirmwareStatusNotification'],
      ['FirmwareStatusNotification', 'SignedFirmwareStatusNotification'],
    ],
    ['ExtendedTriggerMessage', 'SignChargePointCertificate', ['SignCertificate']],
    ['TriggerMessage', 'SignChargingStationCertificate', ['SignCertificate']],
    ['TriggerMessage', 'SignCombinedCertificate', ['SignCertificate']],
    ['TriggerMessage', 'SignV2G20Certificate', ['SignCertificate']],
    ['TriggerMessage', 'SignV2GCertificate', ['SignCertificate']],
  ] as [string, string, string[]][])('%s %s may send %j', async (action, requestedMessage, messages) => {
    const { isTriggered } = await asked(action, { requestedMessage });
    expect(await Promise.all(messages.map(isTriggered))).toEqual(messages.map(() => true));
    expect(await isTriggered('MeterValues')).toBe(false);
  });

  it('a message has five minutes for it', async () => {
    const { isTriggered, clock } = await asked('TriggerMessage', { requestedMessage: 'MeterValues' });
    clock.advance(5 * minute - 1);
    expect(await isTriggered('MeterValues')).toBe(true);
    clock.advance(1);
    expect(await isTriggered('MeterValues')).toBe(false);
  });

  it('something else may send nothing for that', async () => {
    const { isTriggered } = await asked('DataTransfer', { requestedMessage: 'MeterValues' });
    expect(await isTriggered('MeterValues')).toBe(false);
  });
});

describe('B02 what starts or stops a transaction', () => {
  it.each(['RemoteStartTransaction', 'RemoteStopTransaction', 'RequestStartTransaction', 'RequestStopTransaction'])(
    'is withheld from a charge point that is Pending: %s',
    (action) => {
      expect(isWithheld(action, 'Pending')).toBe(true);
      expect(isWithheld(action, 'Accepted')).toBe(false);
      expect(isWithheld('SetVariables', 'Pending')).toBe(false);
    },
  );
});
