import { once } from 'node:events';
import type { BootReason, StopReason } from '../messages/messages.js';
import { playSteps } from '../steps/plays.js';
import type { Run } from '../steps/step.js';
import { endedSignal, happened, isCharging } from '../transactions/session.js';
import { andThen, type Take } from './take.js';

/** Seconds. */
const darkFor = 3;

/** 5.14: a soft one lets the transaction end and be told first. */
export const reset: Take<{ type: 'Hard' | 'Soft' }> = ({ type }, run) =>
  andThen({ status: 'Accepted' }, run, async () => {
    end(run, type === 'Hard' ? 'HardReset' : 'SoftReset');
    if (type === 'Soft') await run.outbox.empty();
    await reboot(run, 'RemoteReset');
  });

/** B11, B12: at once, or when the transaction has ended. An EVSE alone cannot be reset, nor a transaction resumed. */
export const resetOf2: Take<{ type: string; evseId?: number }> = ({ type, evseId }, run) => {
  const { session } = run;
  if (evseId !== undefined || !['Immediate', 'OnIdle'].includes(type)) return { status: 'Rejected' };
  if (type === 'OnIdle' && session && !session.isEnded) {
    return andThen({ status: 'Scheduled' }, run, async () => {
      await once(endedSignal(session), 'abort', { signal: run.chargePoint.signal });
      await run.outbox.empty();
      await reboot(run, 'ScheduledReset');
    });
  }
  return andThen({ status: 'Accepted' }, run, async () => {
    end(run, 'HardReset');
    await run.outbox.empty();
    await reboot(run, 'RemoteReset');
  });
};

function end(run: Run, reason: StopReason): void {
  if (isCharging(run.session)) happened(run, run.session, 'ended', reason);
}

function reboot(run: Run, reason: BootReason): Promise<void> {
  return playSteps([{ do: 'lose power', seconds: darkFor }, { do: 'boot', reason }, { do: 'report' }], run);
}
