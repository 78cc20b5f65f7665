import { createHash } from 'node:crypto';
import type { ChargePoint, ChargePoints } from '../charge-points/ports.js';
import type { Clock } from '../clock.js';
import { announceOutcome } from '../commands/announce.js';
import { askFor } from '../commands/ask.js';
import { cancelled, isExpired, isSettled } from '../commands/life.js';
import type { Command, Commands } from '../commands/ports.js';
import type { Components } from '../device-model/ports.js';
import type { Events } from '../events.js';
import type { Calls } from '../frame-topics.js';
import type { History } from '../history/ports.js';
import { tell } from '../history/tell.js';
import { batchesOf, batchOf } from './batches.js';
import { type DesiredValue, desiredValues } from './desired-values.js';
import { limitsOf } from './limits.js';
import type { Asked, DesiredConfigurations, Difference } from './ports.js';

export interface DesirePorts {
  calls: Calls;
  chargePoints: ChargePoints;
  clock: Clock;
  commands: Commands;
  components: Components;
  desired: DesiredConfigurations;
  events: Events;
  history: History;
  stage: { namespace: string };
}

/**
 * A shadow desires a configuration that it doesn't report: asks the charge point for it. Each update of the shadow tells all
 * that differs, and so does each boot: what was asked for already is not asked for again, unless there is hope.
 */
export async function desire(difference: Difference, ports: DesirePorts): Promise<void> {
  const { chargePointId, version } = difference;
  const { chargePoints, clock, desired, stage } = ports;
  const chargePoint = await chargePoints.find(chargePointId);
  if (!chargePoint?.registered || chargePoint.namespace !== stage.namespace) return;

  const { values, refused } = desiredValues(difference.configuration, chargePoint.protocol);
  for (const { key, reason } of refused) {
    const detail = { key, code: 'desire-not-understood', reason } as const;
    const about = { chargePointId, id: `${version}-${hash(key)}`, at: difference.at };
    await tell({ ...about, name: 'configuration-refused', detail }, ports);
  }

  const before = await desired.change(chargePointId, () => undefined);
  // A newer version had all that still differs.
  if (before && before.version > version) return;
  const former = await formerCommands(before, values, chargePointId, ports);
  const limits = values.some(({ variable }) => variable)
    ? await limitsOf(chargePointId, ports)
    : { items: 1, bytes: 0 };
  const asked = await desired.change(chargePointId, (latest) => {
    if (latest && latest.version > version) return undefined;
    const kept = values.filter(({ key, value }) => {
      const last = latest?.keys[key];
      if (last?.value !== value) return false;
      // Somebody asked for it since this began, or is about to.
      if (!former.has(last.commandId) || (last.version === version && !former.get(last.commandId))) return true;
      return isWaste(former.get(last.commandId), chargePoint, difference.at, clock.now());
    });
    const wanted = values.filter((value) => !kept.includes(value));
    if (latest?.version === version && wanted.length === 0) return undefined;
    const keys: Asked['keys'] = {};
    for (const { key } of kept) if (latest?.keys[key]) keys[key] = latest.keys[key];
    for (const { payload, values: together } of batchesOf(wanted, limits)) {
      const instead = together.map(({ key }) => latest?.keys[key]?.commandId).join(' ');
      const commandId = `configuration-${hash(`${chargePointId} ${version} ${payload} ${instead}`)}`;
      for (const { key, value } of together) keys[key] = { value, commandId, version };
    }
    return { version, keys };
  });

  // What this version asks for, also when it is told again: whoever noted it may have been interrupted.
  if (asked?.version !== version) return;
  for (const [commandId, together] of newCommands(asked, values)) {
    const { action, payload } = batchOf(together);
    await askFor({ chargePointId, commandId, action, payload, desired: true }, ports);
  }
}

/**
 * What was asked for before, as far as it is kept. What waits in the queue is cancelled when somebody changed his mind: it is
 * as if nobody had asked.
 */
async function formerCommands(
  before: Asked | undefined,
  values: DesiredValue[],
  chargePointId: string,
  { commands, events, clock }: DesirePorts,
): Promise<Map<string, Command | undefined>> {
  const former = new Map<string, Command | undefined>();
  const isDesired = (key: string, value: string) => values.some((one) => one.key === key && one.value === value);
  const keys = Object.entries(before?.keys ?? {});
  for (const commandId of new Set(keys.map(([, { commandId }]) => commandId))) {
    let command = await commands.find(chargePointId, commandId);
    const isStale = keys.some(([key, one]) => one.commandId === commandId && !isDesired(key, one.value));
    if (command && isStale) {
      const changed = await commands.change(chargePointId, commandId, (latest) => cancelled(latest, clock.now()));
      command = changed?.command;
      if (command?.status === 'cancelled') await announceOutcome(command, { events });
    }
    former.set(commandId, command);
  }
  return former;
}

function newCommands({ version, keys }: Asked, values: DesiredValue[]): Map<string, DesiredValue[]> {
  const commands = new Map<string, DesiredValue[]>();
  for (const value of values) {
    const asked = keys[value.key];
    if (asked?.version !== version || asked.value !== value.value) continue;
    commands.set(asked.commandId, [...(commands.get(asked.commandId) ?? []), value]);
  }
  return commands;
}

/** Is it of no use to ask again, since this command asks, or asked, for the same? */
function isWaste(command: Command | undefined, { bootedAt }: ChargePoint, at: Date, now: Date): boolean {
  // That it expired is told before it is noted.
  if (!command || command.status === 'cancelled' || command.status === 'expired') return false;
  if (!isSettled(command)) return command.status === 'sent' || !isExpired(command, now);
  const settledAt = Date.parse(command.settledAt ?? '');
  // `at` is to the second: what was told in the same one may not know of the answer yet.
  if (command.status === 'accepted') return at.getTime() <= settledAt;
  // It may have another mind after a boot: a new firmware, for one.
  return !(Date.parse(bootedAt ?? '') > settledAt);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 22);
}
