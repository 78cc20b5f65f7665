import { type Options, parsed, UsageError } from '../usage.js';

export { UsageError };

/** Of every command. */
export const common = {
  url: { type: 'string' },
  token: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const satisfies Options;

/** What follows a command's name. @throws {UsageError} */
export function read<T extends Options>(args: string[], options: T) {
  return parsed({ args, allowPositionals: true, options: { ...common, ...options } });
}

/** The one that is needed, and no more. @throws {UsageError} */
export function only(positionals: string[], what: string): string {
  const [first, ...more] = positionals;
  if (first === undefined) throw new UsageError(`Say ${what}.`);
  if (more.length > 0) throw new UsageError(`${more[0]} is too much.`);
  return first;
}

/** @throws {UsageError} */
export function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new UsageError(`--${name} ${text} is no whole number above 0.`);
  return value;
}

/**
 * Takes the members of a payload out of a command's arguments: each option that is none of `options` is one. Its value is
 * JSON where it can be, and a text otherwise.
 *
 * @throws {UsageError}
 */
export function payloadIn(args: string[], options: Options): { rest: string[]; payload: Record<string, unknown> } {
  const known: Options = { ...common, ...options };
  const rest: string[] = [];
  const payload: Record<string, unknown> = {};
  for (let i = 0; i < args.length; i++) {
    const [, name = '', given] = /^--([^=]+)(?:=(.*))?$/s.exec(args[i] ?? '') ?? [];
    if (!name || Object.hasOwn(known, name)) {
      rest.push(args[i] ?? '');
      if (name && given === undefined && known[name]?.type === 'string') rest.push(...args.slice(++i, i + 1));
      continue;
    }
    const value = given ?? args[++i];
    // An option behind it is none, and a shell's empty variable leaves nothing.
    if (value === undefined || (given === undefined && value.startsWith('--')))
      throw new UsageError(`--${name} needs a value.`);
    payload[name] = jsonOr(value);
  }
  return { rest, payload };
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
