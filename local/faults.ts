import type { Clock } from './clock.js';
import type { AwsRequest, AwsResponse, Call } from './service.js';

/** What AWS may do wrong. */
export type Fault =
  | 'twice'
  | 'late'
  | 'withheld'
  | 'recycled'
  | 'throttled'
  | 'failed'
  | 'cut off'
  | 'failed though done'
  | 'cut off though done'
  | 'gone though done'
  | 'unavailable'
  | 'killed'
  | 'restarted';

/** What goes wrong on purpose. */
export interface Faults {
  /**
   * Which fault of `among` strikes `target` this time, if any, and how hard (0 to 1). The same target and text, seen as
   * often, always give the same.
   */
  strike<F extends Fault>(among: readonly F[], target: string, text: string): { fault: F; force: number } | undefined;
  /** Answers a call of an SDK client, or lets it fail. @throws {CutOff} where nothing is answered */
  call(service: string, request: AwsRequest, call: Call): Promise<AwsResponse>;
}

export const noFaults: Faults = { strike: () => undefined, call: async (_service, _request, { answer }) => answer() };

/** A connection that ends without an answer. */
export class CutOff extends Error {}

/** Milliseconds: an answer still comes in time when everything on its way is late. */
const latest = 300;

/** Delivers a message to `target` at least once, in whatever order. */
export function deliver(
  { faults, clock }: { faults: Faults; clock: Clock },
  target: string,
  text: string,
  task: () => void,
): void {
  const { fault, force = 0 } = faults.strike(['twice', 'late'], target, text) ?? {};
  if (fault !== 'late') task();
  if (fault) clock.after(Math.ceil(force * latest), task);
}
