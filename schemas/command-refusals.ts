/**
 * Why a command comes to nothing, by its code. Apart from the other [refusals](refusals.ts): their sentences are told in the
 * system's own words as the reason of a command, so that whoever sends commands carries these, and of the others the codes alone.
 */
export const commandRefusals = {
  'charge-point-unknown': 'There is no charge point of this name.',
  'message-id-invalid': 'A message id has 36 characters at most.',
  'message-id-taken': 'Another command has this message id.',
  'charge-point-pending': 'The charge point is Pending: it starts and stops nothing.',
  'action-unknown': "The charge point's version has no such command.",
  'payload-invalid': "The payload is none of this command's.",
  'command-rejected': 'The charge point said no.',
  'answered-with-error': 'The charge point answered with a CALLERROR.',
  'answer-invalid': "The charge point's answer is none of this command's.",
  'command-timed-out': 'The charge point did not answer in time.',
  'command-expired': 'The command waited too long for being sent.',
  'command-cancelled': 'The command was cancelled before it was sent.',
} as const;

export type CommandRefusalCode = keyof typeof commandRefusals;
