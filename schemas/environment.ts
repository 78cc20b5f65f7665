import * as z from 'zod';

/** Every environment variable that a function may have. Each function has only those that it reads. */
export const environment = z.object({
  NAMESPACE: z.string(),
  HEARTBEAT_INTERVAL: z.coerce.number().int().min(10).max(539),
  /** Seconds. Longer than any function runs: what holds a slot past it is dead. */
  COMMAND_TIMEOUT: z.coerce.number().int().min(30).max(600),
  REGISTRATION_STATUS: z.enum(['Accepted', 'Pending', 'Rejected']),
  UNKNOWN_TOKENS: z.enum(['Accepted', 'Invalid']),
  ALLOW_SECURITY_PROFILE_0: z.enum(['true', 'false']).transform((value) => value === 'true'),
  EDGE_SECRET: z.string().min(16),
  CHARGE_POINTS_TABLE: z.string().min(1),
  COMMANDS_TABLE: z.string().min(1),
  CONNECTIONS_TABLE: z.string().min(1),
  CONNECTORS_TABLE: z.string().min(1),
  ID_TOKENS_TABLE: z.string().min(1),
  TIMERS_QUEUE_URL: z.url(),
});
export type Environment = z.infer<typeof environment>;
