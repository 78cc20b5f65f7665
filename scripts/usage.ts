import { type ParseArgsConfig, parseArgs } from 'node:util';

/** A command that can't be meant, in one sentence. */
export class UsageError extends Error {}

export type Options = NonNullable<ParseArgsConfig['options']>;

/** What a command was given. @throws {UsageError} */
export function parsed<T extends ParseArgsConfig>(config: T) {
  try {
    return parseArgs(config);
  } catch (error) {
    // Node's hint on positional arguments after the first sentence does not fit here.
    throw new UsageError(`${(error as Error).message.split('. ')[0]?.replace(/\.$/, '')}.`, { cause: error });
  }
}
