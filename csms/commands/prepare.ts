import type { NamedProfile, Use } from '../charging-profiles/library.js';
import { payloadOf } from '../charging-profiles/payload.js';
import { OcppError } from '../ocpp/errors.js';
import type { Protocol } from '../ocpp/protocol.js';
import { checkCommand } from './check.js';
import { type CompletionPorts, complete, type Incomplete, onTrial } from './complete.js';

/** A command as somebody asks for it, in the words of any version. */
export interface Asked extends Incomplete {
  /** A charging profile of the library that is to be set; `payload` is then what it is for, a `Use`. */
  profile?: NamedProfile;
}

/**
 * The payload of a command in the first of these versions in which it is valid, with what only the system knows filled in
 * where it was left out. What is valid in none takes no numbers.
 *
 * @param versions that the charge point may speak, all of which have the action; at least one
 * @throws {OcppError} what the schema of the first version has against it; else as `complete`
 */
export async function prepare(asked: Asked, versions: readonly Protocol[], ports: CompletionPorts): Promise<object> {
  let first: OcppError | undefined;
  for (const version of versions) {
    const { profile, ...call } = asked;
    if (profile) call.payload = payloadOf(profile, call.payload as Use, version);
    try {
      await checkCommand(version, call.action, await complete(call, version, onTrial(ports)));
    } catch (error) {
      if (!(error instanceof OcppError)) throw error;
      first ??= error;
      continue;
    }
    return (await complete(call, version, ports)) as object;
  }
  throw first ?? new Error(`Nobody says in which version ${asked.action} is to be prepared.`);
}
