import type { Answer } from '../client/answer.js';
import type { Payload } from '../client/frames.js';
import { playSteps } from '../steps/plays.js';
import { authorized } from '../steps/present.js';
import { statusOf } from '../steps/report.js';
import type { Run, Step } from '../steps/step.js';
import { mayCharge } from '../transactions/authorize.js';
import { keepProfile, type ToldProfile } from '../transactions/charging-profiles.js';
import { isReservedForAnother } from '../transactions/reservations.js';
import { happened, isTaken, sessionOf } from '../transactions/session.js';
import { andThen, type Take } from './take.js';

interface RemoteStart {
  idToken: string;
  connector?: number | undefined;
  remoteStartId?: number;
  profile?: ToldProfile | undefined;
}

interface RemoteStart16 {
  idTag: string;
  connectorId?: number;
  chargingProfile?: ToldProfile;
}

interface RemoteStart2 {
  idToken: { idToken: string };
  evseId?: number;
  remoteStartId: number;
  chargingProfile?: ToldProfile;
}

/** What a driver does who has started from afar: plugs in, and leaves when the session is over. */
const drive: readonly Step[] = [
  { do: 'plug' },
  { do: 'report session' },
  { do: 'charge', watts: 11_000 },
  { do: 'report session' },
  { do: 'unplug' },
  { do: 'report session' },
];

/** 5.11. */
export const remoteStartTransaction: Take<RemoteStart16> = ({ idTag, connectorId, chargingProfile }, run) =>
  start({ idToken: idTag, connector: connectorId, profile: chargingProfile }, run);

/** F01, F02. */
export const requestStartTransaction: Take<RemoteStart2> = (
  { idToken: { idToken }, evseId, remoteStartId, chargingProfile },
  run,
) => start({ idToken, connector: evseId, remoteStartId, profile: chargingProfile }, run);

/** 5.12; F03. */
export const remoteStop: Take<{ transactionId: unknown }> = ({ transactionId }, run) => {
  const { session } = run;
  const isUnderWay = session && !session.isEnded && session.told > 0 && session.transactionId === transactionId;
  if (!isUnderWay) return { status: 'Rejected' };
  return andThen({ status: 'Accepted' }, run, async () => {
    if (!session.isEnded) happened(run, session, 'ended', 'Remote');
  });
};

function start({ idToken, connector, remoteStartId, profile }: RemoteStart, run: Run): Payload | Answer {
  const isOther = connector !== undefined && connector !== run.connector;
  const isUnavailable = ['Unavailable', 'Faulted', 'Finishing'].includes(statusOf(run.connector, run));
  if (isOther || isUnavailable || isTaken(run.session) || isReservedForAnother(idToken, run)) {
    return { status: 'Rejected' };
  }
  const session = sessionOf(run);
  session.isClaimed = true;
  if (remoteStartId !== undefined) session.remoteStartId = remoteStartId;
  if (profile) keepProfile(profile, run);
  // F02: there is one already, since the cable came first.
  const transaction = session.told > 0 && { transactionId: session.transactionId };
  return andThen({ status: 'Accepted', ...transaction }, run, async () => {
    const isLetIn = !run.settings.isTrue('authorizesRemoteStart') || (await mayCharge(idToken, run));
    session.isClaimed = false;
    if (!isLetIn || session.isEnded) return;
    authorized(idToken, run, 'started remotely');
    // Whoever has plugged it in goes on.
    if (!session.isPlugged) await playSteps(drive, run);
  });
}
