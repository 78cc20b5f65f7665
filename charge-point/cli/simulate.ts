import { type Clock, systemClock } from '../clock.js';
import { startChargePoint } from '../start.js';
import { explain } from './explain.js';
import { eventLine, frameLine } from './lines.js';
import { readOptions, type SimulatorOptions, UsageError, usage } from './options.js';

export interface Terminal {
  /** Frames and help: what a pipe is for. */
  out(line: string): void;
  /** Everything about them. */
  err(line: string): void;
  colours: boolean;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/** The simulator command. Resolves with its exit code. */
export async function simulate(args: string[], terminal: Terminal, clock: Clock = systemClock): Promise<number> {
  try {
    const options = readOptions(args);
    if (options !== 'help') return await play(options, terminal, clock);
    terminal.out(usage);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err(`${error.message}\n\n${usage}`);
    return 1;
  }
}

async function play(options: SimulatorOptions, { out, err, colours, signal }: Terminal, clock: Clock): Promise<number> {
  const { identity } = options;
  try {
    await startChargePoint({
      ...options,
      giveUpOnRefusal: true,
      onFrame: (direction, text) => out(frameLine(identity, direction, text, colours)),
      onEvent: (event) => err(eventLine(identity, event)),
      clock,
      signal,
    });
    return 0;
  } catch (error) {
    const sentence = explain(error, options);
    if (!sentence) throw error;
    err(sentence);
    return 1;
  }
}
