import { type RefusalCode, refusals } from '../../schemas/refusals.js';
import { updateThing } from '../update-thing.js';

const accept = (id: string) =>
  `Accept it: csms charge-points change ${id} --registration Accepted. One that is Pending then boots on csms command ${id} Reset --type Soft (in 2.x --type OnIdle)`;
const again = 'Nothing is to be done: the charge point tells again what matters to it.';
const other = 'Send it once more, under a message id of its own and of at most 36 characters.';

/** What somebody at a terminal does about each refusal, and which charge point it is about. */
const fixes: Record<RefusalCode, (id: string) => string> = {
  'not-registered': (id) => `Let it in: csms knocks accept ${id}. If it is another that you expect, compare the names.`,
  'other-namespace': (id) =>
    `Give the charge point another identity, or its thing this stage's namespace: ${updateThing(id, '<namespace>')}.`,
  'no-password': (id) => `Give it one: csms charge-points password ${id}, and set it in the charge point.`,
  'wrong-password': (id) =>
    `Set user ${id} and its password in the charge point, or a new one: csms charge-points password ${id}.`,
  'no-common-subprotocol': () => 'Set its OCPP version to 1.6, 2.0.1 or 2.1, over JSON.',
  'not-through-edge': () => 'Set its URL to the output WebSocketUrl of the stage.',

  'not-a-frame': () => 'Look whether the charge point splits what is longer than 4 KB wrongly.',
  'frame-too-large': () => 'Make it say less at once: 32 KB a frame and 128 KB a message is the most.',
  'message-type-not-supported': () => 'Look at the subprotocol that it asks for: it may speak another version.',
  'action-not-known': () => 'Look at the subprotocol that it asks for: it may speak another version.',
  'action-not-for-csms': () => "That is a fault of the charge point's firmware.",
  'not-accepted': (id) =>
    `${accept(id)}; one that is Rejected takes no command: wait for its next boot, or restart it on site.`,
  'payload-not-valid': (id) =>
    `Correct its firmware, or understand it all the same: csms charge-points change ${id} --validation tolerant.`,
  'partly-understood': (id) => `Compare it with the transaction, and repair that: csms frames ${id}.`,
  'message-not-handled': () => 'The logs of csms and message say why. One with money in it is told again by itself.',
  'not-connected': () => 'Publish frames for it while it is connected.',
  'certificate-not-signed': () => 'Sign the CSR elsewhere, and send CertificateSigned.',
  'desire-not-understood': () => 'Spell the key in its shadow as the docs have it.',
  'shadow-too-large': () => 'Nothing is to be done: what it said is in the tables.',

  'answer-not-a-frame': () => 'Publish [2,id,action,payload], [3,id,payload] or [4,id,code,description,details].',
  'answer-without-connection': () => again,
  'answer-too-late': () => `${again} When it happens often, look how long csms takes.`,
  'answered-already': () => 'Answer sooner, or set the parameter externalAnswerTimeout higher.',

  'charge-point-unknown': (id) => `Register it: csms charge-points add ${id}.`,
  'message-id-taken': () => other,
  'message-id-invalid': () => other,
  'charge-point-pending': (id) => `${accept(id)}.`,
  'action-unknown': () => 'Take a command of its version: versions differ in their names.',
  'payload-invalid': () => 'Correct the payload as the reason says.',
  'command-rejected': () => 'What it refuses is up to the charge point: its answer has its word for it.',
  'answered-with-error': () => "The charge point can't do this, or failed to: its answer says which.",
  'answer-invalid': () => 'It may have done what it was asked: look before you ask again.',
  'command-timed-out': () => 'It may have done what it was asked: look before you ask again.',
  'command-expired': () => 'Ask again when it is connected.',
  'command-cancelled': () => 'It has heard nothing of it.',
};

/** Why something was refused, and what to do: two sentences, for whoever sits at a terminal. */
export function explained(code: string | undefined, chargePointId: string): { code?: string; said: string[] } {
  if (code === undefined || !Object.hasOwn(fixes, code)) return { said: [] };
  const known = code as RefusalCode;
  return { code, said: [refusals[known], fixes[known](chargePointId)] };
}

/** Where the API's own page says more. */
export function helpFor(code: string): string {
  return `/api/v1/docs/problems#${code}`;
}
