import type { ConnectionEvent, Direction } from '../client/client.js';

/** One frame as one line. */
export function frameLine(identity: string, direction: Direction, text: string, colours: boolean): string {
  const arrow = direction === 'sent' ? '→' : '←';
  const frame = text.replace(/\s*[\r\n]\s*/g, ' ');
  if (!colours) return `${identity} ${arrow} ${frame}`;
  const colour = direction === 'sent' ? 36 : 32;
  return `\u001b[2m${identity}\u001b[0m \u001b[${colour}m${arrow}\u001b[0m ${frame}`;
}

/** What the frames do not show, as one line. */
export function eventLine(identity: string, event: ConnectionEvent): string {
  switch (event.type) {
    case 'connected':
      return `${identity} connected`;
    case 'closed':
      if (event.code === 1000 && !event.isOwn) {
        return `${identity} was closed by the system (1000): another connection of ${identity} replaced it, or it had come of age`;
      }
      return `${identity} disconnected (${[event.code, event.reason].filter(Boolean).join(' ')})`;
    case 'retrying':
      return `${identity} connects again in ${(event.inMs / 1000).toFixed(1)} s`;
    case 'failed':
      return `${identity} could not connect: ${event.error instanceof Error ? event.error.message : event.error}`;
    case 'unanswered':
      return `${identity} got no answer to ${event.action} within ${event.ms / 1000} s`;
  }
}
