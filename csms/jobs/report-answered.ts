import { sentAt } from '../commands/sent-at.js';
import type { Answered, EffectContext } from '../ocpp/effect.js';
import { openJob } from './open.js';
import type { Asked, ReportKind } from './ports.js';
import { dropAsked, dropUnreported } from './unreported.js';

/** What was asked for. */
interface Wanted extends Pick<Asked, 'request'> {
  kind: ReportKind;
  requestId: number;
}

/** The words of the versions for: there is nothing of that. */
const none = new Set(['EmptyResultSet', 'NoProfiles', 'NotFound', 'Unknown']);

/** A charge point will report what it was asked for, or has nothing of it to report; or it won't. */
export async function reportAnswered(
  { kind, requestId, request }: Wanted,
  { response: { status }, command, at }: Answered<unknown, { status: string }>,
  context: EffectContext,
): Promise<void> {
  if (status === 'Accepted') {
    const job = await openJob({ kind, requestId, ...(request && { request }) }, { command, at }, context);
    // The report may have overtaken the answer.
    if (job) await dropUnreported(kind, job, context);
  } else if (request && none.has(status)) {
    await dropAsked(kind, request, new Date(sentAt(command, at)), context);
  }
}
