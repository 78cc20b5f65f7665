import type { Attempt, Command, CommandStatus } from '../../csms/commands/ports.js';
import type { Emitted } from '../memory/events.js';
import type { Memory } from '../memory/index.js';
import type { Posted } from './rules.js';
import { wordFor } from './words.js';

/** By what the charge point says: what becomes of the command. The last is no answer of any command. */
const meaning: Record<string, CommandStatus> = { Accepted: 'accepted', Rejected: 'rejected', Perhaps: 'failed' };

/** What of an invocation the rules know. */
type Invocation = object;

/** A connection that is, or was, the current one: since when and until when it certainly was, in milliseconds. */
interface Currency {
  since: number;
  until: number;
}

/**
 * What must become of commands in the end, and why: nothing is given up before its time, or without a try, and whatever was
 * answered is settled by that. The times are computed here, and not by the code that is judged.
 */
export class Lives {
  readonly #status = new Map<string, CommandStatus>();
  /** Who marked an attempt as sent. */
  readonly #marker = new Map<string, Invocation>();
  /** Attempts that somebody tried to post. */
  readonly #tried = new Set<string>();
  /** Whoever died, or of whom a call failed: what he was to post he may not have posted. */
  readonly #troubled = new Set<Invocation>();
  /** By connection id. */
  readonly #current = new Map<string, Currency>();
  #currentId: string | undefined;
  #wasPending = false;
  readonly #invalid = new Set<string>();
  /** When commands were added. */
  readonly addedAt = new Map<string, number>();
  readonly #asked: { messageId: string; action: string; at: number }[] = [];

  /**
   * @param mostOff milliseconds: by so much the clocks of functions may be off
   * @param slowest milliseconds that may lie between what a function reads and what it writes
   */
  constructor(
    private readonly memory: Memory,
    private readonly broken: string[],
    private readonly posted: readonly Posted[],
    private readonly mostOff: number,
    private readonly slowest: number,
  ) {}

  /** Somebody published a CALL. */
  onAsk(messageId: string, action: string, isValid: boolean): void {
    this.#asked.push({ messageId, action, at: this.memory.clock.millis });
    if (!isValid) this.#invalid.add(messageId);
  }

  /** The next call of an invocation is the post of what it marked as sent. */
  onTry(by: Invocation): void {
    for (const [messageId, marker] of this.#marker) if (marker === by) this.#tried.add(messageId);
  }

  /** An invocation died, or a call of its failed. */
  onTrouble(by: Invocation): void {
    this.#troubled.add(by);
  }

  /** After each step. @param by the invocation that took it */
  onStep(by: Invocation | undefined): void {
    this.#noteConnection();
    const { bootStatus, registrationStatus } = this.memory.chargePoints.items.get('CP1') ?? {};
    if (bootStatus === 'Pending' || registrationStatus === 'Pending') this.#wasPending = true;
    for (const command of this.memory.commands.items.values()) {
      const before = this.#status.get(command.commandId);
      if (before === undefined) this.#added(command);
      for (const { messageId } of command.attempts) {
        if (by && !this.#marker.has(messageId)) this.#marker.set(messageId, by);
      }
      if (before !== command.status) this.#became(command, before);
      this.#status.set(command.commandId, command.status);
    }
  }

  onEvent({ name, commandId, status, code }: Emitted): void {
    if (name !== 'command-settled' || code === 'message-id-taken') return;
    const command = this.memory.commands.items.get(`CP1/${commandId}`);
    // It is told before it leaves the queue.
    if (command && status === 'expired') this.#expired(command);
  }

  /** The system has taken in what the charge point said to a CALL. @param isAlone no other function runs */
  onHeard(messageId: string, connectionId: string, isAlone: boolean): void {
    if (!this.posted.some((one) => one.messageId === messageId && one.connectionId === connectionId)) return;
    const command = [...this.memory.commands.items.values()].find((one) => attemptOf(one, messageId));
    if (!command) return;
    const { commandId, status } = command;
    if (!this.#saidTo(command).includes(status)) {
      this.broken.push(`${commandId} is ${status} when the answer to ${messageId} has been heard`);
    }
    if (!this.#isTold(command)) this.broken.push(`${commandId} was answered, and nobody was told`);
    // Who hears it again may take the slot for what the index still shows as queued, and give it back at once.
    const held = isAlone ? this.memory.slots.held.get('CP1') : undefined;
    if (held?.messageId === messageId && held.connectionId === connectionId) {
      this.broken.push(`${messageId} holds its slot when its answer has been heard`);
    }
  }

  /** Nothing is under way, and nothing was lost for good. */
  atEnd(): void {
    for (const command of this.memory.commands.items.values()) {
      const isOver = command.status !== 'queued' && command.status !== 'sent';
      if (isOver && !this.#isTold(command)) {
        this.broken.push(`${command.commandId} is ${command.status}, and nobody was told`);
      }
    }
  }

  #noteConnection(): void {
    const now = this.memory.clock.millis;
    const former = this.#currentId && this.#current.get(this.#currentId);
    if (former) former.until = now;
    const id = this.memory.connections.records.get('CP1')?.current?.connectionId;
    if (id !== undefined && id !== this.#currentId) this.#current.set(id, { since: now, until: now });
    this.#currentId = id;
  }

  #added({ commandId, action, expiresAt }: Command): void {
    this.addedAt.set(commandId, this.memory.clock.millis);
    const times = this.#asked.filter((one) => one.messageId === commandId && one.action === action);
    const published = Date.parse(expiresAt) - wordFor(action).lifetime;
    if (!times.some(({ at }) => Math.abs(published - at) <= this.mostOff)) {
      this.broken.push(`${commandId} ${action} expires at ${expiresAt}`);
    }
  }

  #became(command: Command, before: CommandStatus | undefined): void {
    const last = command.attempts.at(-1);
    if (command.status === 'expired') this.#expired(command);
    if (command.status === 'queued' && before === 'sent' && last) this.#queuedAgain(command, last);
    if (command.status === 'timed-out' && last) this.#timedOut(command, last);
    if (command.status === 'failed' && !command.outcome) this.#unsendable(command);
  }

  #expired({ commandId, expiresAt }: Command): void {
    if (this.memory.clock.millis < Date.parse(expiresAt) - this.mostOff) {
      this.broken.push(`${commandId} expired before ${expiresAt}`);
    }
  }

  #queuedAgain({ commandId, action }: Command, last: Attempt): void {
    this.#givenUp(commandId, last);
    if (!wordFor(action).isRepeatable) this.broken.push(`${commandId} ${action} is queued again`);
    const { since } = this.#current.get(last.connectionId) ?? {};
    const isCurrent = this.#currentId === last.connectionId;
    if (isCurrent && since !== undefined && this.memory.clock.millis - since > this.slowest) {
      this.broken.push(`${commandId} is queued again, and ${last.connectionId} is still the current connection`);
    }
  }

  #timedOut({ commandId, action, expiresAt }: Command, last: Attempt): void {
    this.#givenUp(commandId, last);
    const marker = this.#marker.get(last.messageId);
    if (!this.#tried.has(last.messageId) && !(marker && this.#troubled.has(marker))) {
      this.broken.push(`${commandId} timed out, and nobody posted it`);
    }
    const now = this.memory.clock.millis;
    const isGone = now - (this.#current.get(last.connectionId)?.until ?? 0) > this.slowest;
    const isWorthIt = Date.parse(expiresAt) > now + this.mostOff;
    if (wordFor(action).isRepeatable && isGone && isWorthIt) {
      this.broken.push(`${commandId} ${action} timed out though ${last.connectionId} is gone: it is to be sent again`);
    }
  }

  #givenUp(commandId: string, { messageId, sentAt }: Attempt): void {
    const until = Date.parse(sentAt) + this.memory.stage.commandTimeout * 1_000;
    if (this.memory.clock.millis < until - this.mostOff) {
      this.broken.push(`${messageId} of ${commandId} was given up before its time`);
    }
  }

  #unsendable({ commandId, action }: Command): void {
    if (this.#invalid.has(commandId) || (wordFor(action).isStart && this.#wasPending)) return;
    this.broken.push(`${commandId} ${action} failed, and could have been sent`);
  }

  /** What the charge point's answers to any attempt of a command make of it. */
  #saidTo({ attempts }: Command): CommandStatus[] {
    return this.posted
      .filter((one) => attempts.some((attempt) => isOf(attempt, one)))
      .flatMap(({ answer }) => (answer && meaning[answer]) || []);
  }

  #isTold({ commandId, status }: Command): boolean {
    return this.memory.events
      .named('command-settled')
      .some((event) => event.commandId === commandId && event.status === status && event.code !== 'message-id-taken');
  }
}

function attemptOf({ attempts }: Command, messageId: string): Attempt | undefined {
  return attempts.find((one) => one.messageId === messageId);
}

function isOf(attempt: Attempt, { messageId, connectionId }: Posted): boolean {
  return attempt.messageId === messageId && attempt.connectionId === connectionId;
}
