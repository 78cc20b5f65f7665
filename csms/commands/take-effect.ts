import { commandTables } from '../ocpp/command-tables.js';
import { type EffectPorts, noEffect } from '../ocpp/effect.js';
import type { Protocol } from '../ocpp/protocol.js';
import type { Command } from './ports.js';

/** Has an answered command its effect, also when it is told again or late. */
export async function takeEffect(command: Command, protocol: Protocol, ports: EffectPorts): Promise<void> {
  const { chargePointId, action, payload, status, outcome, settledAt } = command;
  const isAnswered = status === 'accepted' || status === 'rejected';
  const effect = commandTables[protocol][action];
  if (!isAnswered || outcome?.type !== 'CALLRESULT' || !settledAt || !effect || effect === noEffect) return;
  const answered = { request: JSON.parse(payload), response: outcome.payload, command, at: new Date(settledAt) };
  await effect(answered as never, { ...ports, chargePointId, protocol });
}
