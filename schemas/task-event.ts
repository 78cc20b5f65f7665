import * as z from 'zod/mini';

/** What became of a command that is part of a task, of its event `command-settled`. */
export const taskEvent = z.object({
  taskId: z.string(),
  chargePointId: z.string(),
  commandId: z.string(),
  status: z.enum(['accepted', 'rejected', 'failed', 'timed-out', 'expired', 'cancelled']),
  reason: z.optional(z.string()),
});
