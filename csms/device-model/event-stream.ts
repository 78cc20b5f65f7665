import { createHash } from 'node:crypto';
import { credible } from '../credible.js';
import type { HandlerContext } from '../ocpp/handler.js';
import type { ComponentKey, VariableKey } from './ports.js';
import { recordVariables } from './record.js';

/** What a charge point says in a stream of a monitor's values. */
export interface StreamedValues {
  streamId: number;
  /** By the charge point's clock. */
  values: { at: Date; value: string }[];
}

/**
 * Keeps the values; and the newest of them as its variable's, where it is known which monitor the stream is of, and which
 * variable that monitors.
 */
export async function streamValues({ streamId, values }: StreamedValues, context: HandlerContext): Promise<void> {
  const { chargePointId, receivedAt, history } = context;
  const told = values.map(({ at, value }) => ({ at: credible(at, receivedAt).toISOString(), value }));
  const variableMonitoringId = await monitorOf(streamId, context);
  const id = `${streamId}-${hashOf(told)}`;
  const detail = { streamId, variableMonitoringId, values: told };
  await history.add({ chargePointId, kind: 'stream-values', at: receivedAt, id, detail });

  const newest = told.reduce((a, b) => (b.at >= a.at ? b : a));
  const monitored = variableMonitoringId === undefined ? undefined : await variableOf(variableMonitoringId, context);
  if (!monitored) return;
  const attributes = [{ type: 'Actual', value: newest.value }];
  const when = { at: newest.at, receivedAt: receivedAt.toISOString() };
  await recordVariables([{ ...monitored, attributes, told: when }], context);
}

async function monitorOf(streamId: number, { chargePointId, inventory }: HandlerContext): Promise<number | undefined> {
  const stream = await inventory.find(chargePointId, 'event-stream', String(streamId));
  return (stream?.detail as { variableMonitoringId?: number } | undefined)?.variableMonitoringId;
}

async function variableOf(monitorId: number, { chargePointId, inventory }: HandlerContext) {
  const monitor = await inventory.find(chargePointId, 'monitor', String(monitorId));
  const { component, variable } = (monitor?.detail ?? {}) as { component?: ComponentKey; variable?: VariableKey };
  return component && variable && { component, variable };
}

function hashOf(values: object): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}
