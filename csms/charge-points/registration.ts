import type { Command, Commands } from '../commands/ports.js';
import type { HandlerContext } from '../ocpp/handler.js';
import type { RegistrationStatus } from './ports.js';

/** What a charge point that is asked for a message is given to send it, in milliseconds. */
const triggeredFor = 5 * 60_000;

/** B02: what starts or stops a transaction is not for a charge point that is Pending. */
const startsOrStops = new Set([
  'RemoteStartTransaction',
  'RemoteStopTransaction',
  'RequestStartTransaction',
  'RequestStopTransaction',
]);

/** What a TriggerMessage calls differently from the action that it asks for. */
const triggers: Record<string, string[]> = {
  // The extended one of 1.6 asks for the latter.
  FirmwareStatusNotification: ['FirmwareStatusNotification', 'SignedFirmwareStatusNotification'],
  SignChargePointCertificate: ['SignCertificate'],
  SignChargingStationCertificate: ['SignCertificate'],
  SignCombinedCertificate: ['SignCertificate'],
  SignV2G20Certificate: ['SignCertificate'],
  SignV2GCertificate: ['SignCertificate'],
};

/** Is this a CALL that a charge point of this registration must not get, whenever it is sent? */
export function isWithheld(action: string, registration: RegistrationStatus): boolean {
  return registration === 'Pending' && startsOrStops.has(action);
}

/**
 * A CALL is about to be sent to a charge point that is Pending: what it asks for will be taken. Noted before it is sent, for
 * what it asks for may be handled before its answer is.
 */
export async function noteTriggered(
  { chargePointId, action, payload }: Command,
  now: Date,
  commands: Pick<Commands, 'trigger'>,
): Promise<void> {
  if (action !== 'TriggerMessage' && action !== 'ExtendedTriggerMessage') return;
  const { requestedMessage } = JSON.parse(payload) as { requestedMessage: string };
  const until = new Date(now.getTime() + triggeredFor);
  for (const asked of triggers[requestedMessage] ?? [requestedMessage]) {
    await commands.trigger(chargePointId, asked, until);
  }
}

/**
 * B02, B03/4.2: may the charge point say this now? One that is not Accepted boots, and one that is Pending sends what it was
 * asked for: reports whenever they come, since they take their time, and anything else for five minutes.
 */
export async function isHeard(
  action: string,
  { chargePointId, chargePoints, commands, clock, stage }: HandlerContext & { commands: Commands },
): Promise<boolean> {
  if (action === 'BootNotification') return true;
  const registration = await chargePoints.registration(chargePointId, stage.registrationStatus);
  if (registration !== 'Pending') return registration === 'Accepted';
  return action === 'NotifyReport' || commands.isTriggered(chargePointId, action, clock.now());
}
