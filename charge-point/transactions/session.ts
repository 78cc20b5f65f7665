import { randomUUID } from 'node:crypto';
import type { Happening, Session, StopReason } from '../messages/messages.js';
import { meterOf } from '../steps/meter.js';
import type { Run } from '../steps/step.js';

/** The session under way, or a new one. */
export function sessionOf(run: Run): Session {
  if (!run.session || run.session.isEnded) {
    run.session = {
      connector: run.connector,
      transactionId: run.chargePoint.protocol === 'ocpp1.6' ? undefined : randomUUID(),
      isPlugged: false,
      isClaimed: false,
      told: 0,
      isRefused: false,
      isEnded: false,
      over: new AbortController(),
    };
  }
  return run.session;
}

/** Has the car a cable and a token? */
export function isCharging(session: Session | undefined): session is Session {
  return session?.isPlugged === true && session.idToken !== undefined && !session.isEnded;
}

/** Is somebody charging, or about to? */
export function isTaken(session: Session | undefined): session is Session {
  return session !== undefined && !session.isEnded && (session.isClaimed || session.idToken !== undefined);
}

/** Aborted when the session is ended. */
export function endedSignal(session: Session): AbortSignal {
  return session.over.signal;
}

/** Something happened in the session: it is told as soon as there is a connection, and nobody waits for that. */
export function happened(run: Run, session: Session, what: Happening['what'], reason?: StopReason): void {
  const at = new Date(run.chargePoint.clock.now()).toISOString();
  const happening = { what, at, wh: Math.round(meterOf(run)), isOffline: run.isOffline, ...(reason && { reason }) };
  const message = run.messages.transaction(session, happening);
  if (what === 'ended') {
    session.isEnded = true;
    session.over.abort();
  }
  if (!message) return;
  session.told += 1;
  run.outbox.put({
    ...message,
    answered(answer) {
      message.answered(answer);
      if ((run.messages.authorization(answer) ?? 'Accepted') !== 'Accepted') session.isRefused = true;
    },
  });
}
