import type { EventDetail } from '../../schemas/events.js';
import { tell } from '../history/tell.js';
import type { EffectPorts } from './effect.js';
import type { OcppError } from './errors.js';
import type { Protocol } from './protocol.js';
import { type Deviation, json } from './tolerate.js';
import type { UnderstoodPayload } from './validate.js';

/** An event must fit into a message of AWS IoT, 128 KB, whatever a charge point sends. */
const mostDeviations = 20;
const longestText = 200;

/** What a charge point said that a schema forbids. */
export interface Deviating {
  action: string;
  messageId: string;
  /** The same whenever the same is told again. */
  eventId: string;
  /** When it was said: the same, too. */
  at: Date;
  /** The command that it answers, if it does. */
  commandId?: string;
  understood: UnderstoodPayload;
  /** The first fault. */
  strictly: OcppError;
}

/** Whose it is, and what is needed to tell of it. */
export type DeviationContext = Pick<EffectPorts, 'chargePoints' | 'events' | 'history'> & {
  chargePointId: string;
  protocol: Protocol;
  stage: Pick<EffectPorts['stage'], 'validation'>;
};

/**
 * Decides whether what was understood is taken, and tells the operator what was wrong.
 *
 * @returns why it is refused: it can't be understood, or the charge point is to be taken strictly
 */
export async function refusalFor(
  { action, messageId, eventId, at, commandId, understood, strictly }: Deviating,
  context: DeviationContext,
): Promise<OcppError | undefined> {
  const { chargePointId, chargePoints, protocol, stage } = context;
  const { deviations, fault } = understood;
  const { validation = stage.validation, hardware } = (await chargePoints.find(chargePointId)) ?? {};
  const refusal = validation === 'tolerant' ? fault : strictly;

  const detail: EventDetail<'protocol-deviation'> = {
    ...{ protocol, action, messageId: messageId.slice(0, longestText) },
    ...{ deviations: deviations.slice(0, mostDeviations).map(shown) },
    ...(commandId && { commandId }),
    ...(deviations.length > mostDeviations && { more: deviations.length - mostDeviations }),
    ...(refusal && { refused: true, code: refusal.refusal, reason: refusal.message }),
    ...(hardware && { vendor: hardware.vendor, model: hardware.model }),
    ...(hardware?.firmwareVersion && { firmwareVersion: hardware.firmwareVersion }),
  };
  await tell({ chargePointId, name: 'protocol-deviation', id: eventId, at, detail }, context);
  return refusal;
}

function shown({ path, what, value }: Deviation) {
  const was = value === undefined ? undefined : json(value);
  return { path: path.slice(0, longestText), what, ...(was && { was: was.slice(0, longestText) }) };
}
