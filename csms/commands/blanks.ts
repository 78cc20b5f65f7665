import type { Protocol } from '../ocpp/protocol.js';
import { blanks as blanks16 } from '../v16/blanks.js';
import { blanks as blanks21 } from '../v21/blanks.js';
import { blanks as blanks201 } from '../v201/blanks.js';

/** What of a command its sender may leave out, since only the CSMS knows it. */
export type Blank =
  /** The number of a request: what comes of it names that. */
  | 'request'
  | 'reservation'
  | 'charging-profile'
  | 'display-message'
  | 'remote-start'
  /** The next version of the local list. */
  | 'local-list'
  /** Where to upload a log or diagnostics to, in the stage's own bucket. */
  | 'log'
  | 'diagnostics'
  /** Where to download the firmware from that the sender chose of those in the stage's bucket. */
  | 'firmware'
  /** As soon as may be. */
  | 'now'
  /** The command's own id. */
  | 'command';

/** By member of a payload, in which order they are filled in. A member whose name ends with `?` only if it is there. */
export interface Blanks {
  readonly [member: string]: Blank | Blanks;
}

/** By version and action. */
export const blankTables: Record<Protocol, Readonly<Record<string, Blanks>>> = {
  'ocpp1.6': blanks16,
  'ocpp2.0.1': blanks201,
  'ocpp2.1': blanks21,
};

/** Is there such a blank among them, in a member or in what a member holds? */
export function hasBlank(blanks: Blanks, wanted: Blank): boolean {
  return Object.values(blanks).some((one) => (typeof one === 'string' ? one === wanted : hasBlank(one, wanted)));
}

/** May something be left out of an action, in any version? */
export function hasBlanks(action: string): boolean {
  return Object.values(blankTables).some((table) => Object.hasOwn(table, action));
}
