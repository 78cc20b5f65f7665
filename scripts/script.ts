import './any-node.js';
import { type Options, parsed, UsageError } from './usage.js';

/** What can't be done, in one sentence that says what to do. */
export class Failure extends Error {}

/** What `npm run` starts. */
export interface Script<T extends Options> {
  /** What `--help` prints. */
  usage: string;
  options: T;
  /** Whether it takes more than options. */
  allowPositionals: boolean;
  /**
   * @returns the exit code
   * @throws {UsageError} when that can't be meant; {Failure} when it can't be done
   */
  run(given: Given<T>): Promise<number>;
}

export type Given<T extends Options> = ReturnType<
  typeof parsed<{ args: string[]; allowPositionals: boolean; options: T }>
>;

/**
 * Runs a script. What the user can mend is told in a sentence; anything else is a defect, and thrown.
 *
 * @param args what follows `--`
 * @returns the exit code
 */
export async function runScript<T extends Options>(
  { usage, options, allowPositionals, run }: Script<T>,
  args: string[],
  terminal: Pick<Console, 'log' | 'error'>,
): Promise<number> {
  if (args.includes('--help')) {
    terminal.log(usage);
    return 0;
  }
  try {
    return await run(parsed({ args, allowPositionals, options }));
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof Failure)) throw error;
    terminal.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : error.message);
    return 1;
  }
}
