import type { ChargePoint, HistoryEntry, Told } from './known.js';

/** What is kept of a connection that became current. */
interface Connected {
  since: string;
  protocol: string;
  replaced?: string;
  lastDisconnect?: { since: string; reason: string };
}

const minute = 60_000;
/** At an age of 60 to 115 minutes a connection is closed by us, and after two hours by API Gateway. */
const ofAge = { from: 60 * minute, to: 122 * minute };

/** How a charge point came and went. What happened before connections were kept is known of the last alone. */
export function connectionStory(chargePoint: ChargePoint | undefined, history: HistoryEntry[]): Told[] {
  const connections = history
    .filter(({ kind }) => kind === 'connected')
    .map(({ detail }) => detail as unknown as Connected)
    .sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
  const { isConnected, since: current, protocol, lastDisconnect } = chargePoint?.connection ?? { isConnected: false };
  const untilNow = ({ since }: { since: string }) => (isConnected && since === current ? ', until now' : '');
  const told = connections.map((one, i): Told => {
    const text = `in ${one.protocol}${untilNow(one)}${manner(one, connections[i - 1])}`;
    return { at: one.since, what: 'connected', text };
  });
  const isKept = connections.some(({ since }) => since === current);
  const isToldGone = history.some(({ kind, at }) => kind === 'disconnected' && at === lastDisconnect?.at);
  const isFollowed = connections.some((one) => one.lastDisconnect?.since === lastDisconnect?.at);
  return [
    ...told,
    ...(isConnected && current && !isKept
      ? [{ at: current, what: 'connected', text: `in ${protocol}, until now` }]
      : []),
    ...(lastDisconnect && !isToldGone && !isFollowed
      ? [{ at: lastDisconnect.at, what: 'disconnected', text: lastDisconnect.reason }]
      : []),
    ...bootOf(chargePoint, history),
  ];
}

/** How it came to this connection: was it more than that the one before had come of age? */
function manner({ since, replaced, lastDisconnect }: Connected, before: Connected | undefined): string {
  if (replaced) return ', in place of another connection that was still there';
  if (!before) return '';
  const closedAt = lastDisconnect && lastDisconnect.since >= before.since ? lastDisconnect.since : undefined;
  const age = Date.parse(closedAt ?? since) - Date.parse(before.since);
  const isOfAge = age >= ofAge.from && age <= ofAge.to;
  const pause = closedAt ? `, ${lengthOf(Date.parse(since) - Date.parse(closedAt))} after the one before` : ', again';
  if (isOfAge) return `${pause}: that had come of age at ${lengthOf(age)}, so it was only its lifetime`;
  return closedAt ? `${pause}, which was ${lengthOf(age)} old: ${lastDisconnect?.reason}` : pause;
}

function lengthOf(millis: number): string {
  if (millis < 2 * minute) return `${Math.round(millis / 1_000)} s`;
  return millis < 180 * minute ? `${Math.round(millis / minute)} min` : `${Math.round(millis / (60 * minute))} h`;
}

/** The last boot, where it is not among those that are kept. */
function bootOf(chargePoint: ChargePoint | undefined, history: HistoryEntry[]): Told[] {
  const { bootedAt, bootReason, bootStatus, hardware } = chargePoint ?? {};
  if (!bootedAt || history.some(({ kind, at }) => kind === 'boot' && at === bootedAt)) return [];
  const make = hardware ? ` of ${hardware.vendor} ${hardware.model}` : '';
  return [{ at: bootedAt, what: 'boot', text: `${bootReason ?? 'Boot'}${make}: ${bootStatus}` }];
}
