import { isTooDeep, withoutDepths } from './depth.js';
import { callError, OcppError } from './errors.js';
import type { Protocol } from './protocol.js';

export interface Call {
  type: 'CALL';
  id: string;
  action: string;
  payload: unknown;
}

/** 2.1: like a CALL, but nothing answers it. */
export interface Send extends Omit<Call, 'type'> {
  type: 'SEND';
}

export type Frame =
  | Call
  | Send
  | { type: 'CALLRESULT'; id: string; payload: unknown }
  | { type: 'CALLERROR'; id: string; code: unknown; description: unknown; details: unknown }
  | { type: 'CALLRESULTERROR'; id: string };

/** Text that is no OCPP-J frame: why, and what its sender is told (nothing where its version asks for nothing). */
export interface Malformed {
  type: 'malformed';
  why: string;
  answer?: string;
}

/** OCPP 2.x Part 4: the id of a CALLERROR that answers a message whose id can't be read. */
const unreadableId = '-1';

/** A frame cut off or garbled behind its id still tells the id, so that the sender knows which of its messages failed. */
const leadingId = /^\s*\[\s*2\s*,\s*"([^"\\]{1,36})"/;

/** Reads the text of one WebSocket message. Nothing in it is deeper than what can be handled. Never throws. */
export function parseFrame(text: string, protocol: Protocol): Frame | Malformed {
  let message: unknown;
  try {
    message = withoutDepths(JSON.parse(text));
  } catch {
    return malformed('is not JSON', leadingId.exec(text)?.[1], protocol);
  }
  if (!Array.isArray(message)) return malformed('is not a JSON array', undefined, protocol);

  const [type, id, ...rest] = message as unknown[];
  if (typeof id !== 'string' || id === '') return malformed('has no message id', undefined, protocol);
  switch (type) {
    case 2:
      return call('CALL', id, rest, protocol);
    case 3:
      return { type: 'CALLRESULT', id, payload: rest[0] };
    case 4:
      return { type: 'CALLERROR', id, code: rest[0], description: rest[1], details: rest[2] };
    case 5:
      if (protocol !== 'ocpp2.1') break;
      return { type: 'CALLRESULTERROR', id };
    case 6:
      if (protocol !== 'ocpp2.1') break;
      return call('SEND', id, rest, protocol);
  }
  return unknownType(type, id, protocol);
}

/** A frame that goes down to a charge point, in any version. The payload of a CALL is its JSON, as it is spelled. */
export type Outgoing =
  | { type: 'CALL'; id: string; action: string; payload: string }
  | { type: 'answer'; id: string }
  | { type: 'SEND' };

/** What stands before the payload of a CALL. Its type is the number 2, in whatever spelling JSON has for it. */
const callHead = /^\s*\[\s*[-+.\dEe]+\s*,\s*"(?:[^"\\]|\\.)*"\s*,\s*"(?:[^"\\]|\\.)*"\s*,\s*/;

/** Reads what is to go down to a charge point; undefined when it is no frame. Never throws. */
export function parseOutgoing(text: string): Outgoing | undefined {
  try {
    const frame = JSON.parse(text) as unknown[];
    const [type, id, action, ...rest] = frame;
    if (isTooDeep(frame)) return undefined;
    if (typeof id !== 'string' || id === '') return undefined;
    if ([3, 4, 5].includes(type as number)) return { type: 'answer', id };
    if (typeof action !== 'string') return undefined;
    if (type === 6) return { type: 'SEND' };
    if (type !== 2 || rest.length !== 1) return undefined;
    return { type: 'CALL', id, action, payload: text.replace(callHead, '').replace(/\s*\]\s*$/, '') };
  } catch {
    return undefined;
  }
}

/** @param payload JSON */
export function callFrame(messageId: string, action: string, payload: string): string {
  return `[2,${JSON.stringify(messageId)},${JSON.stringify(action)},${payload}]`;
}

export function callResult(messageId: string, payload: object): string {
  return JSON.stringify([3, messageId, payload]);
}

function call(type: 'CALL' | 'SEND', id: string, rest: unknown[], protocol: Protocol): Frame | Malformed {
  const [action, payload] = rest;
  if (typeof action === 'string' && rest.length === 2) return { type, id, action, payload };
  const why = 'is not [type, id, action, payload]';
  return type === 'CALL' ? malformed(why, id, protocol) : { type: 'malformed', why };
}

function malformed(why: string, id: string | undefined, protocol: Protocol): Malformed {
  // 1.6 has no id for messages whose id can't be read: nothing can be answered.
  if (id === undefined && protocol === 'ocpp1.6') return { type: 'malformed', why };
  const error = new OcppError('RpcFrameworkError', `The message ${why}.`);
  return { type: 'malformed', why, answer: callError(id ?? unreadableId, error, protocol) };
}

/** OCPP 1.6-J 4.1.3: a message type number that is not known is ignored; 2.x answers MessageTypeNotSupported. */
function unknownType(type: unknown, id: string, protocol: Protocol): Malformed {
  const shown = typeof type === 'number' || typeof type === 'string' ? JSON.stringify(type) : 'that is no number';
  const why = `has the unknown message type ${shown}`;
  if (protocol === 'ocpp1.6') return { type: 'malformed', why };
  return {
    type: 'malformed',
    why,
    answer: callError(id, new OcppError('MessageTypeNotSupported', `The message ${why}.`), protocol),
  };
}
