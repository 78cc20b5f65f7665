import type { Command } from './ports.js';

/**
 * When a command was last sent, ISO 8601 UTC. Its answer may be overtaken by what comes of it, but nothing comes of it before
 * it was sent: where that is to be put in order, this is the command's time.
 */
export function sentAt({ attempts }: Pick<Command, 'attempts'>, answeredAt: Date): string {
  return attempts.at(-1)?.sentAt ?? answeredAt.toISOString();
}
