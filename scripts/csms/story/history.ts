import type { HistoryEntry, Told } from './known.js';
import { refusedBecause } from './refused.js';

type Detail = Record<string, unknown>;

/** Of what is kept, how it is told; connections are told beside each other. */
const tellers: Record<string, (detail: Detail, id: string) => { what: string; text: string } | undefined> = {
  connected: () => undefined,
  boot: ({ reason, vendor, model, firmwareVersion, status }) => ({
    what: 'boot',
    text: `${reason ?? 'Boot'} of ${vendor} ${model}${firmwareVersion ? `, firmware ${firmwareVersion}` : ''}: ${status}`,
  }),
  disconnected: ({ reason }) => ({ what: 'disconnected', text: `${reason}; it had not come back a minute later` }),
  'connection-flapping': ({ replacements }) => ({
    what: 'connected',
    text: `It reconnects whenever a connection of it is closed, ${replacements} times within a minute: none is closed now`,
  }),
  'protocol-deviation': ({ action, messageId, deviations, more, refused, reason }) => ({
    what: 'deviation',
    text: `${named(action, messageId)} ${refused ? 'was refused' : 'was understood all the same'}: ${[
      ...(deviations as { path: string; what: string; was?: string }[]).map(
        ({ path, what, was }) => `${path || '/'} ${what}${was === undefined ? '' : ` (${was})`}`,
      ),
      ...(more ? [`and ${more} more`] : []),
      ...(reason ? [String(reason)] : []),
    ].join('; ')}`,
  }),
  'frame-refused': ({ action, messageId, reason }) => ({
    what: 'frame',
    text: `${named(action, messageId)} was refused${reason ? `: ${reason}` : ''}`,
  }),
  'not-delivered': ({ action, messageId }) => ({
    what: 'frame',
    text: action
      ? `${named(action, messageId)}, asked for on its topic, was never sent`
      : `What was published for it${messageId ? ` to answer message ${messageId}` : ''} stopped at deliver`,
  }),
  'frame-too-large': () => ({ what: 'frame', text: 'Its connection was closed with 1009' }),
  'configuration-refused': ({ key, reason }) => ({ what: 'event', text: `Its shadow desires ${key}: ${reason}` }),
  'shadow-refused': ({ reason }) => ({ what: 'event', text: `Its shadow was not written: ${reason}` }),
  'certificate-requested': ({ certificateType }) => ({
    what: 'event',
    text: `It asked for a certificate${certificateType ? ` (${certificateType})` : ''}, and was told no`,
  }),
  frame: ({ action, why }, id) => ({
    what: 'frame',
    text: `${action ?? 'A frame'} is kept for repair (${id}): ${typeof why === 'string' ? why : JSON.stringify(why)}`,
  }),
};

/** An entry of what is kept of a charge point. */
export function historyStory({ kind, at, id, detail }: HistoryEntry, chargePointId: string): Told[] {
  const teller = Object.hasOwn(tellers, kind) ? tellers[kind] : undefined;
  if (!teller) return [{ at, what: 'event', text: `${kind} ${JSON.stringify(detail)}` }];
  const told = teller(detail as Detail, id);
  const { code } = detail as { code?: string };
  return told ? [refusedBecause({ at, ...told }, code, chargePointId)] : [];
}

function named(action: unknown, messageId: unknown): string {
  return `${action ?? 'A frame'}${messageId === undefined ? '' : ` (message ${messageId})`}`;
}
