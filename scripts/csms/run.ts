import { UsageError } from './arguments.js';
import { connectTo, Refused, whereTokensAre } from './client.js';
import type { Command, Surroundings } from './command.js';
import { chargePoints } from './commands/charge-points.js';
import { configuration } from './commands/configuration.js';
import { firmware } from './commands/firmware.js';
import { frames } from './commands/frames.js';
import { jobs } from './commands/jobs.js';
import { knocks } from './commands/knocks.js';
import { messages } from './commands/messages.js';
import { meterValues } from './commands/meter-values.js';
import { send } from './commands/send.js';
import { tail } from './commands/tail.js';
import { tasks } from './commands/tasks.js';
import { tokens } from './commands/tokens.js';
import { transactions } from './commands/transactions.js';
import { why } from './commands/why.js';
import { apiUrl } from './url.js';

/** By name: one command, one file. */
const commands: Record<string, Command> = {
  'charge-points': chargePoints,
  command: send,
  configuration,
  jobs,
  firmware,
  transactions,
  'meter-values': meterValues,
  frames,
  tasks,
  tokens,
  knocks,
  messages,
  tail,
  why,
};

const ofEach = `  --url <url>       where the API is (CSMS_URL, or http://localhost:9000)
  --token <token>   an API token, or an access token (CSMS_TOKEN)
  --json            for programs
  --help            how a command is used`;

/** Where the command line runs. */
export interface Terminal extends Pick<Surroundings, 'print' | 'colours' | 'signal'> {
  /** Writes a line about what went wrong. */
  complain(line: string): void;
  environment: Record<string, string | undefined>;
}

/** @returns the exit code: 0 when it is done, 1 when it is not, 2 when it can't be meant */
export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { print, complain, environment } = terminal;
  const [name = '--help', ...others] = args;
  if (name === '--help' || name === 'help') {
    print(usage());
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    complain(`There is no command ${name}: take one of ${Object.keys(commands).join(', ')}.`);
    return 2;
  }
  if (others.includes('--help')) {
    print(`${command.summary}.\n\n${command.usage}\n\n${ofEach}`);
    return 0;
  }
  try {
    return await command.run(others, {
      ...terminal,
      client({ url, token = environment.CSMS_TOKEN }) {
        if (token) return connectTo(apiUrl(url, environment), token);
        throw new UsageError(`There is no token: set CSMS_TOKEN, or say --token; ${whereTokensAre}.`);
      },
    });
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof Refused)) throw error;
    complain(error.message);
    if (error instanceof Refused) return 1;
    complain(`How it is used: csms ${name} --help`);
    return 2;
  }
}

function usage(): string {
  const width = Math.max(...Object.keys(commands).map(({ length }) => length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}   ${summary}`);
  return ["csms <command> [options]      asks the operator's API", '', ...lines, '', ofEach].join('\n');
}
