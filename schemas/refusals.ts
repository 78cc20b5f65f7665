import { commandRefusals } from './command-refusals.js';

/**
 * Why the system refuses something, by a code that never changes: told in events and log lines, and kept. Each code has a
 * heading of its name in docs/troubleshooting.md, with what to do. Those of the API alone are in api/problem.ts.
 */
export const refusals = {
  // Handshakes
  'not-registered': 'No IoT thing has this name.',
  'other-namespace': 'The name belongs to a charge point of another stage.',
  'no-password': 'The charge point has no password yet, and the stage lets none in without.',
  'wrong-password': 'User or password is not what is on record.',
  'no-common-subprotocol': 'The charge point offers no version of OCPP that is spoken here.',
  'not-through-edge': "The handshake came to API Gateway's own URL, or names no charge point.",

  // Frames of a charge point
  'not-a-frame': 'The message is no frame of OCPP-J.',
  'frame-too-large': 'The message is larger than the socket takes.',
  'message-type-not-supported': 'The message is of a type that its version, or its action, does not have.',
  'action-not-known': 'The version has no such action.',
  'action-not-for-csms': 'A charge point does not send this action.',
  'not-accepted': 'The charge point is not accepted, and may not say this yet.',
  'payload-not-valid': 'The schema of the action forbids the payload.',
  'partly-understood': 'Some of a message with money in it could not be understood.',
  'message-not-handled': 'The system is at fault: the message could not be handled.',
  'not-connected': 'The frame is of a charge point that has no connection.',
  'certificate-not-signed': 'Nobody here signs certificates.',
  'desire-not-understood': 'Nobody can ask for what the shadow desires.',
  'shadow-too-large': "AWS IoT does not take what the charge point's shadow should hold.",

  // Answers on their way to a charge point
  'answer-not-a-frame': 'What was published for the charge point is no frame of OCPP-J.',
  'answer-without-connection': 'The connection that the answer is for is gone.',
  'answer-too-late': 'The answer came when the charge point no longer waited for it.',
  'answered-already': 'The CALL has had another answer.',

  ...commandRefusals,
} as const;

export type RefusalCode = keyof typeof refusals;
