import { explained } from './fixes.js';
import type { ChargePoint, HistoryEntry, Known, SentCommand } from './story/known.js';

/** How it is now, and what it waits for: a sentence each. */
export function stateOf(known: Known): string[] {
  const { chargePoint, commands, transactions, history, messages } = known;
  const waiting = commands
    .filter(({ settledAt }) => settledAt === undefined)
    .sort((a, b) => Date.parse(a.askedAt) - Date.parse(b.askedAt));
  const sent = waiting.filter(({ status }) => status === 'sent');
  const open = transactions.filter(({ isOpen }) => isOpen);
  const kept = history.filter(isToBeRepaired);
  if (!chargePoint) return strangerIs(known);
  const { chargePointId, connection, bootedAt, bootStatus } = chargePoint;
  return [
    ...connectionIs(chargePoint, known),
    ...(connection.isConnected && !bootedAt
      ? [`${chargePointId} has not booted: it is to send BootNotification.`]
      : []),
    ...(bootStatus === 'Pending' ? ['It is Pending: it starts and stops nothing until it is Accepted.'] : []),
    ...(bootStatus === 'Rejected' ? ['It is Rejected: it is sent nothing until it is Accepted.'] : []),
    ...open.map(({ transactionId }) => `Transaction ${transactionId} is open.`),
    ...(kept.length > 0
      ? [`To be repaired: ${kept.length} ${kept.length === 1 ? 'frame' : 'frames'}, see csms frames ${chargePointId}.`]
      : []),
    ...waiting.map((command) => `${command.action} (${command.commandId}) ${waitsFor(command, sent, chargePoint)}.`),
    ...(messages
      ? []
      : ['Frames are for role operator: with such a token those that were not answered are told, too.']),
  ];
}

/** Nobody has registered it, or not here. */
function strangerIs({ chargePointId, knocks }: Known): string[] {
  const [last] = [...knocks].sort((a, b) => Date.parse(b.lastAt) - Date.parse(a.lastAt));
  if (last)
    return [`${chargePointId} is not registered here. ${explained(last.code, chargePointId).said[1]} (${last.code})`];
  return [
    `${chargePointId} is not registered here, and nobody has knocked by this name: csms knocks has those who did.`,
    `Register it: csms charge-points add ${chargePointId}, or npm run register -- ${chargePointId}.`,
  ];
}

function connectionIs({ chargePointId, connection, bootedAt }: ChargePoint, { knocks, history }: Known): string[] {
  const { isConnected, lastDisconnect } = connection;
  if (isConnected) return ['It is connected.'];
  const hasConnected = lastDisconnect || bootedAt || history.some(({ kind }) => kind === 'connected');
  const leftAt = Date.parse(lastDisconnect?.at ?? bootedAt ?? '1970-01-01');
  const refused = knocks
    .filter(({ lastAt }) => Date.parse(lastAt) >= leftAt)
    .sort((a, b) => Date.parse(b.lastAt) - Date.parse(a.lastAt))[0];
  const why = refused && `${explained(refused.code, chargePointId).said.join(' ')} (${refused.code})`;
  if (!hasConnected) {
    if (why) return [`It has never been let in. ${why}`];
    return [
      `It has never connected, and no handshake of this name was refused: compare the name that it appends to its URL with ${chargePointId}.`,
      `Who dials API Gateway's own URL is seen nowhere but in the log of identify. ${explained('not-through-edge', chargePointId).said[1]} (not-through-edge)`,
    ];
  }
  const since = lastDisconnect ? ` since ${lastDisconnect.at}: ${lastDisconnect.reason}` : '';
  return [`It is not connected${since}.`, ...(why ? [`Since then it was refused. ${why}`] : [])];
}

function isToBeRepaired({ kind, repair }: HistoryEntry): boolean {
  return kind === 'frame' && !/repaired|dismissed/.test(repair?.status ?? '');
}

function waitsFor(command: SentCommand, sent: SentCommand[], { connection, bootStatus }: ChargePoint): string {
  const attempt = command.attempts.at(-1);
  if (command.status === 'sent' && attempt) {
    return `was sent as message ${attempt.messageId} and waits for its answer until ${attempt.deadline}`;
  }
  const until = `, until ${command.expiresAt}`;
  if (!connection.isConnected) return `waits for the charge point to connect${until}`;
  if (bootStatus === 'Rejected') return `waits for the charge point to be Accepted${until}`;
  const [before] = sent;
  if (before) return `waits for the answer to ${before.action} (${before.commandId})${until}`;
  return `waits for its turn${until}`;
}
