import { meterOf } from '../steps/meter.js';
import { statusOf } from '../steps/report.js';
import type { Run } from '../steps/step.js';
import { tellAtOnce } from '../steps/tell.js';
import { happened, isCharging } from '../transactions/session.js';
import { andThen, type Take } from './take.js';

/** What says it, of one connector; undefined when there is nothing to say. */
type Message = (run: Run, connector: number) => (() => Promise<unknown>) | undefined;

const now = ({ chargePoint }: Run) => new Date(chargePoint.clock.now()).toISOString();

const nothingRuns =
  (action: string): Message =>
  (run) =>
  () =>
    tellAtOnce(run, action, { status: 'Idle' });

const ofSession: Message = (run) => {
  const { session } = run;
  return isCharging(session) ? async () => happened(run, session, 'asked for') : undefined;
};

/** B02: it doesn't wait any longer. */
const nextBoot: Message = (run) => async () => run.bootAskedFor.abort();

/** What either version may be asked for. */
const common = {
  FirmwareStatusNotification: nothingRuns('FirmwareStatusNotification'),
  Heartbeat: (run) => () => tellAtOnce(run, 'Heartbeat', run.messages.heartbeat()),
  LogStatusNotification: nothingRuns('LogStatusNotification'),
  MeterValues: (run, connector) => () =>
    tellAtOnce(run, 'MeterValues', run.messages.meterValues(connector, Math.round(meterOf(run)), now(run))),
  StatusNotification: (run, connector) => () => {
    const { messages } = run;
    const word = messages.connectorStatus(statusOf(connector, run));
    return tellAtOnce(run, 'StatusNotification', messages.statusNotification(connector, word, now(run)));
  },
} satisfies Record<string, Message>;

const messages16: Record<string, Message> = {
  ...common,
  BootNotification(run, connector) {
    if (!run.gate.isOpen) return nextBoot(run, connector);
    return () => tellAtOnce(run, 'BootNotification', run.messages.bootNotification(run.hardware, 'PowerUp'));
  },
  DiagnosticsStatusNotification: nothingRuns('DiagnosticsStatusNotification'),
  MeterValues: (run, connector) => ofSession(run, connector) ?? common.MeterValues(run, connector),
};

const messages2: Record<string, Message> = {
  ...common,
  // F06: not when it has been accepted.
  BootNotification: (run, connector) => (run.gate.isOpen ? undefined : nextBoot(run, connector)),
  TransactionEvent: ofSession,
};

/** 5.17, and ExtendedTriggerMessage of the security whitepaper. */
export const triggerMessage: Take<{ requestedMessage: string; connectorId?: number }> = (
  { requestedMessage, connectorId },
  run,
) => trigger(messages16, requestedMessage, connectorId, run);

/** F06. */
export const triggerMessageOf2: Take<{ requestedMessage: string; evse?: { id: number } }> = (
  { requestedMessage, evse },
  run,
) => trigger(messages2, requestedMessage, evse?.id, run);

function trigger(messages: Record<string, Message>, name: string, connector = 1, run: Run) {
  if (!Object.hasOwn(messages, name)) return { status: 'NotImplemented' };
  const say = messages[name]?.(run, connector);
  return say ? andThen({ status: 'Accepted' }, run, say) : { status: 'Rejected' };
}
