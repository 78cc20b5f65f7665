import type { Client } from './client.js';

/** What a command of the command line has beside its arguments. */
export interface Surroundings {
  /** Made when it is first needed. @throws {UsageError} without a token */
  client(options: { url?: string | undefined; token?: string | undefined }): Client;
  /** Writes a line. */
  print(line: string): void;
  /** Whether lines may be coloured. */
  colours: boolean;
  /** Ends what goes on until it is ended. */
  signal: AbortSignal;
}

/** A command: what it is for, how it is used, and what it does. */
export interface Command {
  summary: string;
  /** Below its summary in its help: how it is used, options, examples. */
  usage: string;
  /**
   * @param args what follows its name
   * @returns the exit code: 0, or 1 when what was asked for didn't come about
   * @throws {UsageError} when that can't be meant; {Refused} when it can't be done
   */
  run(args: string[], surroundings: Surroundings): Promise<number>;
}
