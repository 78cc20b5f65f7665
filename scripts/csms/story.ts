import { connectionStory } from './story/connections.js';
import { historyStory } from './story/history.js';
import type { Knock, Known, Message, SentCommand, Told, Transaction } from './story/known.js';
import { refusedBecause } from './story/refused.js';

/** Where things of the same time come: a charge point is there before anything is asked of it. */
const ranks = [
  ...['refused', 'disconnected', 'connected', 'boot', 'transaction', 'event', 'deviation', 'frame', 'message'],
  'command',
];

/** All that is known to have happened, in its order. */
export function storyOf(known: Known): Told[] {
  const { chargePointId: id, chargePoint, knocks, commands, transactions, history, messages = [] } = known;
  const told = [
    ...knocks.map(knockStory),
    ...connectionStory(chargePoint, history),
    ...transactions.flatMap(transactionStory),
    ...history.flatMap((entry) => historyStory(entry, id)),
    ...messages.flatMap((message) => messageStory(message, known)),
    ...commands.flatMap(commandStory),
  ];
  return told.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || ranks.indexOf(a.what) - ranks.indexOf(b.what));
}

function knockStory({
  chargePointId,
  code,
  firstAt,
  lastAt,
  times,
  address,
  subprotocols,
  hasCredentials,
}: Knock): Told {
  const since = times > 1 ? `, ${times} times since ${firstAt}` : '';
  const from = address ? ` from ${address}` : '';
  const offered = code === 'no-common-subprotocol' ? `; it offers ${subprotocols ?? 'no subprotocol'}` : '';
  const credentials = code === 'wrong-password' && !hasCredentials ? '; it brought no password at all' : '';
  const text = `Its handshake${from} was refused${since}${offered}${credentials}`;
  return refusedBecause({ at: lastAt, what: 'refused', text }, code, chargePointId);
}

function transactionStory(one: Transaction): Told[] {
  const { transactionId, evseId, startedAt, firstAt, isOpen, endedAt, endReason, forgottenAt, energyWh, idToken } = one;
  const energy = energyWh === undefined ? '' : `, ${(energyWh / 1_000).toFixed(3)} kWh`;
  const by = idToken ? ` by ${idToken.idToken} (${idToken.authorization})` : '';
  const told = (at: string, text: string) => ({ at, what: 'transaction', text: `${transactionId} ${text}` });
  return [
    told(startedAt ?? firstAt, `began on EVSE ${evseId ?? '?'}${by}`),
    ...(endedAt && !isOpen ? [told(endedAt, `ended: ${endReason ?? 'no reason'}${energy}`)] : []),
    ...(forgottenAt ? [told(forgottenAt, `was given up: nothing was heard of it any more${energy}`)] : []),
  ];
}

/** Of all that was said, what was not answered, and where it stopped; and errors that are told nowhere else. */
function messageStory(
  { at, messageId, action = 'A message', askedBy, answer, ...message }: Message,
  known: Known,
): Told[] {
  const { chargePointId, commands, history } = known;
  const about = { at, what: 'message' };
  if (askedBy === 'csms') {
    const isTold = commands.some(({ commandId }) => commandId === message.commandId);
    return answer || isTold ? [] : [{ ...about, text: `${action} (message ${messageId}) was sent, and not answered` }];
  }
  if (!answer) {
    if (neverAnswered.includes(action)) return [];
    const text = `${action} (message ${messageId}) came as far as csms, and nobody has answered it, as far as is known`;
    return [{ ...about, text }];
  }
  const isTold = history.some((entry) => entry.at === at);
  if (answer.type !== 'CALLERROR' || isTold) return [];
  const said = `${action} (message ${messageId}) was answered with an error: ${JSON.stringify(answer.payload)}`;
  return [refusedBecause({ ...about, text: said }, answer.refusal, chargePointId)];
}

/** A SEND of 2.1. */
const neverAnswered = ['NotifyPeriodicEventStream'];

function commandStory(command: SentCommand): Told[] {
  const { chargePointId, action, commandId, askedAt, attempts, settledAt, status, code, reason } = command;
  const told = (at: string, text: string) => ({ at, what: 'command', text: `${action} ${text}` });
  const settled = settledAt && told(settledAt, `${status}${outcomeOf(command)}`);
  return [
    told(askedAt, `asked for, command ${commandId}`),
    ...attempts.map(({ sentAt, messageId }) => told(sentAt, `sent, message ${messageId}`)),
    ...(settled ? [refusedBecause(settled, code, chargePointId, reason === undefined)] : []),
  ];
}

function outcomeOf({ reason, response, error, late }: SentCommand): string {
  const said = error ?? response;
  const parts = [
    ...(reason ? [reason] : []),
    ...(said === undefined ? [] : [JSON.stringify(said)]),
    ...(late ? ['its answer came late'] : []),
  ];
  return parts.length > 0 ? `: ${parts.join('; ')}` : '';
}
