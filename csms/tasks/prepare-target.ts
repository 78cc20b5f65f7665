import { type NamedProfile, profileNamed } from '../charging-profiles/library.js';
import { hasBlanks } from '../commands/blanks.js';
import type { CompletionPorts } from '../commands/complete.js';
import { prepare } from '../commands/prepare.js';
import { live } from '../connections/life.js';
import type { Connections } from '../connections/ports.js';
import { NoNumberFree } from '../numbers/allocate.js';
import { commandTables } from '../ocpp/command-tables.js';
import { OcppError } from '../ocpp/errors.js';
import { protocols } from '../ocpp/protocol.js';
import type { Task } from './ports.js';
import type { Selected } from './select.js';

export type PreparePorts = CompletionPorts & { connections: Connections };

/** Why a charge point can't be asked, in a sentence. */
export interface Refused {
  reason: string;
}

/**
 * How a task's command is made for its charge points: with numbers and URLs of their own, in the words of the version that
 * each speaks. Of an action that lacks nothing it is the task's payload, and nothing is read.
 *
 * @returns the JSON of a charge point's payload, or why there is none
 */
export async function preparation(
  { action, payload, firmware, profile: name, deadline }: Task,
  ports: PreparePorts,
): Promise<(one: Selected, commandId: string) => Promise<string | Refused>> {
  if (name === undefined && !hasBlanks(action)) return async () => payload;
  const profile: NamedProfile | undefined = name === undefined ? undefined : await profileNamed(name, ports);
  return async ({ chargePointId, protocol: booted }, commandId) => {
    if (name !== undefined && !profile) return { reason: `There is no charging profile ${name} any more.` };
    const spoken = live(await ports.connections.read(chargePointId), ports.clock.now())?.protocol ?? booted;
    const versions = (spoken ? [spoken] : protocols).filter((one) => Object.hasOwn(commandTables[one], action));
    // Whoever sends it says so.
    if (versions.length === 0) return payload;
    const call = { chargePointId, commandId, action, payload: JSON.parse(payload), until: new Date(deadline) };
    const more = { ...(firmware !== undefined && { firmware }), ...(profile && { profile }) };
    try {
      return JSON.stringify(await prepare({ ...call, ...more }, versions, ports));
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  };
}

/** What is about the command. @throws whatever else it is: the step is done again */
function reasonOf(error: unknown): string {
  const isAboutIt = error instanceof OcppError || error instanceof NoNumberFree || error instanceof RangeError;
  if (isAboutIt) return error.message;
  throw error;
}
