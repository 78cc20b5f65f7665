import { isSettled } from '../commands/life.js';
import type { Command, Commands } from '../commands/ports.js';
import { each } from '../each.js';
import type { Protocol } from '../ocpp/protocol.js';
import { hidden } from '../without-secrets.js';
import { type DesiredValue, desiredValues } from './desired-values.js';
import type { Asked } from './ports.js';
import type { ShadowConfiguration } from './records.js';
import { refusalsOf } from './refusals.js';
import { isSecretKey } from './secrets.js';

/** How far a value is. */
export interface ValueState {
  key: string;
  /** As it is in the shadow; one that has no place there is hidden. */
  desired?: unknown;
  reported?: unknown;
  /**
   * taken: it is as desired. asked: a command for it is queued, or waits for its answer. refused: for the reason. open: it is
   * to be asked for, if at all. reported: nobody desires anything else.
   */
  status: 'taken' | 'asked' | 'refused' | 'open' | 'reported';
  /** The command that asks, or asked, for it. */
  commandId?: string;
  reason?: string;
}

/** So many commands are read at once. */
const atOnce = 8;

/** What is desired of a charge point, what it took, and how far each value is, by their keys. */
export async function configurationState(
  chargePointId: string,
  { desired, reported, asked }: ShadowConfiguration,
  protocol: Protocol | undefined,
  { commands }: { commands: Pick<Commands, 'find'> },
): Promise<ValueState[]> {
  const { values, refused } = desiredValues(desired ?? {}, protocol);
  const taken = membersOf(reported);
  const open = values.filter(({ key, value }) => taken.get(key) !== value);
  const asking = await commandsFor(chargePointId, open, asked, commands);
  const stateOf = (key: string) => ({
    key,
    ...(desired !== undefined && membersOf(desired).has(key) && { desired: shown(key, membersOf(desired).get(key)) }),
    ...(taken.has(key) && { reported: taken.get(key) }),
  });
  const states: ValueState[] = [
    ...refused.map(({ key, reason }) => ({ ...stateOf(key), status: 'refused' as const, reason })),
    ...values.map(({ key, value }) => ({
      ...stateOf(key),
      ...(taken.get(key) === value ? { status: 'taken' as const } : progressOf(key, asking.get(key))),
    })),
  ];
  const isDesired = new Set(states.map(({ key }) => key));
  const others = [...taken.keys()].filter((key) => !isDesired.has(key));
  const all = [...states, ...others.map((key) => ({ ...stateOf(key), status: 'reported' as const }))];
  return all.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The command that asked for each value last, by the values' keys. */
async function commandsFor(
  chargePointId: string,
  values: DesiredValue[],
  asked: Asked | undefined,
  commands: Pick<Commands, 'find'>,
): Promise<Map<string, Command>> {
  const ids = new Map<string, string>();
  for (const { key, value } of values) {
    const last = asked?.keys[key];
    if (last?.value === value) ids.set(key, last.commandId);
  }
  const found = new Map<string, Command | undefined>();
  await each([...new Set(ids.values())], atOnce, async (id) => found.set(id, await commands.find(chargePointId, id)));
  return new Map(
    [...ids].flatMap(([key, id]): [string, Command][] => {
      const command = found.get(id);
      return command ? [[key, command]] : [];
    }),
  );
}

function progressOf(key: string, command: Command | undefined): Pick<ValueState, 'status' | 'commandId' | 'reason'> {
  if (!command) return { status: 'open' };
  const { commandId } = command;
  if (!isSettled(command)) return { status: 'asked', commandId };
  const reason = new Map(refusalsOf(command)).get(key);
  return reason === undefined ? { status: 'open' } : { status: 'refused', commandId, reason };
}

function membersOf(configuration: unknown): Map<string, unknown> {
  const isObject = typeof configuration === 'object' && configuration !== null && !Array.isArray(configuration);
  return new Map(isObject ? Object.entries(configuration) : []);
}

/** Somebody may have written one all the same. */
function shown(key: string, value: unknown): unknown {
  return isSecretKey(key) ? hidden : value;
}
