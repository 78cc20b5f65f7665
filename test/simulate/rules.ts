import type { RegistrationStatus } from '../../csms/charge-points/ports.js';
import type { Command } from '../../csms/commands/ports.js';
import { isFlapping, live } from '../../csms/connections/life.js';
import type { Emitted } from '../memory/events.js';
import type { Memory } from '../memory/index.js';
import { Lives } from './lives.js';
import { wordFor } from './words.js';

/** A CALL that was posted to a connection. */
export interface Posted {
  messageId: string;
  connectionId: string;
  action: string;
  at: number;
  /** What the charge point said to it. */
  answer?: string;
}

/** An invocation may be this long between looking at the clock and posting. */
const slowest = 30_000;

/** What must never happen, whatever does. */
export class Rules {
  /** What did, in sentences. */
  readonly broken: string[] = [];
  readonly posted: Posted[] = [];
  readonly lives: Lives;
  /** Connections of age: they are closed, newest or not. */
  readonly ofAge = new Set<string>();
  /** Something was lost for good that only the sweep makes up for. */
  hasLost = false;
  #wasFlapping = false;
  /** How a boot of its was answered, and when. */
  #registration: { status: RegistrationStatus | undefined; since: number } = { status: undefined, since: 0 };
  /** What was asked, under which id. */
  readonly #asked: { messageId: string; action: string }[] = [];
  /** How often a command had been sent when it was cancelled. */
  readonly #cancelled = new Map<string, number>();
  /** When a command was first queued. */
  readonly #came = new Map<string, number>();
  /** Since when a command is queued. */
  readonly #queued = new Map<string, number>();

  /** @param mostOff milliseconds: by so much the clocks of functions may be off */
  constructor(
    private readonly memory: Memory,
    private readonly mostOff: number,
  ) {
    this.lives = new Lives(memory, this.broken, this.posted, mostOff, slowest);
  }

  onAsk(messageId: string, action: string, isValid: boolean): void {
    this.#asked.push({ messageId, action });
    this.lives.onAsk(messageId, action, isValid);
  }

  onCancel({ commandId, attempts }: Command): void {
    this.#cancelled.set(commandId, attempts.length);
  }

  onPost(connectionId: string, messageId: string, action: string, payload: object): void {
    const now = this.memory.clock.millis;
    const before = this.posted.filter((one) => one.messageId === messageId);
    if (before.length > 0) this.broken.push(`${messageId} was posted twice`);
    const registration = now - this.#registration.since > slowest ? this.#registration.status : undefined;
    if (registration === 'Rejected' || (registration === 'Pending' && wordFor(action).isStart)) {
      this.broken.push(`${messageId} was posted to a charge point that is ${registration}`);
    }
    if ('unheardOf' in payload) this.broken.push(`${messageId} was posted, and is not valid`);
    const owed = this.posted.find(
      (one) => one.connectionId === connectionId && !one.answer && this.#deadlineOf(one.messageId) > now + this.mostOff,
    );
    if (owed) this.broken.push(`${messageId} was posted to ${connectionId} while ${owed.messageId} was unanswered`);
    const command = this.#commandOf(messageId);
    if (!command) this.broken.push(`${messageId} was posted, and is of no command`);
    else {
      if (isPast(command, now - slowest - this.mostOff)) this.broken.push(`${messageId} was posted after it expired`);
      if (command.attempts.length > 1 && !wordFor(action).isRepeatable) this.broken.push(`${action} was posted twice`);
      if (command.attempts.length > (this.#cancelled.get(command.commandId) ?? Number.POSITIVE_INFINITY)) {
        this.broken.push(`${messageId} was posted after it was cancelled`);
      }
      const earlier = this.#waitingBefore(command);
      if (earlier) this.broken.push(`${messageId} was posted before ${earlier.commandId}, which was asked earlier`);
    }
    this.posted.push({ messageId, connectionId, action, at: now });
  }

  /** The charge point is losing a connection by our doing, `newest` being the one that it uses. */
  onClose(connectionId: string, newest: string | undefined): void {
    if (connectionId !== newest || this.ofAge.has(connectionId)) return;
    this.broken.push(`${connectionId} was closed, the newest connection`);
  }

  onEvent(event: Emitted): void {
    this.lives.onEvent(event);
    const { name, commandId, status, reason, response } = event;
    if (name !== 'command-settled' || !['accepted', 'rejected'].includes(status as string) || reason) return;
    const { attempts = [] } = this.memory.commands.items.get(`CP1/${commandId}`) ?? {};
    const word = status === 'accepted' ? 'Accepted' : 'Rejected';
    const isSaid = this.posted.some(
      (posted) =>
        posted.answer === word &&
        attempts.some((one) => one.messageId === posted.messageId && one.connectionId === posted.connectionId),
    );
    if (!isSaid || (response as { status?: string }).status !== word) {
      this.broken.push(`${commandId} was settled as ${status}, which the charge point never said to it`);
    }
  }

  /** After each step. @param by the invocation that took it */
  onStep(by: object | undefined): void {
    this.lives.onStep(by);
    const record = this.memory.connections.records.get('CP1');
    if (record && isFlapping(record)) this.#wasFlapping = true;
    const now = this.memory.clock.millis;
    const status = this.memory.chargePoints.items.get('CP1')?.bootStatus;
    if (status !== this.#registration.status) this.#registration = { status, since: now };
    for (const { commandId, status } of this.memory.commands.items.values()) {
      if (!this.#came.has(commandId)) this.#came.set(commandId, now);
      if (status !== 'queued') this.#queued.delete(commandId);
      else if (!this.#queued.has(commandId)) this.#queued.set(commandId, now);
    }
  }

  /** Nothing is under way, and nothing is due: is everything done that can be? */
  whenQuiet(): void {
    // The sweep comes later.
    if (this.hasLost) return;
    const { clock, connections, commands, slots, stage, timers } = this.memory;
    const now = clock.millis;
    const record = connections.records.get('CP1');
    const current = record && live(record, clock.now());
    const held = slots.held.get('CP1');
    const restsUntil = Date.parse(current?.restoredAt ?? '') + stage.commandTimeout * 1_000;
    const isFree = (!held || held.connectionId !== current?.connectionId) && !(restsUntil > now);
    const forgotten = [...commands.items.values()].find(
      (command) => command.status === 'queued' && !isPast(command, now),
    );
    // What a boot made possible is done when its answer will have been heard.
    const isWoken = timers.pending.some(({ kind }) => kind === 'queue');
    if (forgotten && current && isFree && !isWoken && this.#registration.status !== 'Rejected') {
      this.broken.push(`${forgotten.commandId} is queued, nothing keeps it from being sent, and nobody sends it`);
    }
  }

  /** Nothing is under way, and the last sweep, at that time, did not fail. */
  whenSwept(millis: number): void {
    const late = [...this.memory.commands.items.values()].find(
      (command) =>
        command.status === 'queued' &&
        isPast(command, millis) &&
        // One that came too late to be sent at all is for the next.
        (this.lives.addedAt.get(command.commandId) ?? 0) < millis,
    );
    if (late) this.broken.push(`${late.commandId} has expired, and is still queued after the sweep`);
  }

  /** All timers are through, nothing is due any more, and the charge point was there and answered, or stayed away. */
  atEnd(asked: string[], newest: string | undefined): void {
    const { connections, commands, events, slots, sockets, clock } = this.memory;
    for (const id of asked) {
      const command = commands.items.get(`CP1/${id}`);
      if (!command) this.broken.push(`${id} was lost`);
      else if (['queued', 'sent'].includes(command.status)) this.broken.push(`${id} is ${command.status} in the end`);
    }
    for (const { messageId, action } of this.#asked) {
      const isRefused = events.emitted.some(({ id }) => id.endsWith(`-${messageId}-refused`));
      if (commands.items.get(`CP1/${messageId}`)?.action !== action && !isRefused) {
        this.broken.push(`${messageId} ${action} came to nothing, and nobody was told`);
      }
    }
    if (!this.hasLost) this.lives.atEnd();
    const held = slots.held.get('CP1');
    // Of a command that is settled it keeps nobody from sending the next.
    if (held && Date.parse(held.deadline) <= clock.millis && !this.hasLost)
      this.broken.push(`${held.messageId} holds its slot for ever`);
    const record = connections.records.get('CP1');
    if (newest && record?.current?.connectionId !== newest) this.broken.push(`${newest} is not current in the end`);
    if (record?.opening.length) this.broken.push('a connection is opening for ever');
    // Where the charge point reconnects whenever a socket is closed, they are left to the gateway's own limits.
    if (this.#wasFlapping) return;
    for (const id of sockets.open.keys()) if (id !== newest) this.broken.push(`${id} is open for ever`);
  }

  /** A command that came before this one, can be sent, and waits in the queue: longer than anybody looks away. */
  #waitingBefore({ commandId }: Command): Command | undefined {
    const { clock, commands } = this.memory;
    const isBefore = (one = clock.millis, other = clock.millis) => other - one > slowest + this.mostOff;
    return [...commands.items.values()].find(
      (other) =>
        isBefore(this.#came.get(other.commandId), this.#came.get(commandId)) &&
        isBefore(this.#queued.get(other.commandId)) &&
        !isPast(other, clock.millis + this.mostOff),
    );
  }

  #deadlineOf(messageId: string): number {
    const attempt = this.#commandOf(messageId)?.attempts.find((one) => one.messageId === messageId);
    return attempt ? Date.parse(attempt.deadline) : 0;
  }

  #commandOf(messageId: string) {
    return [...this.memory.commands.items.values()].find(({ attempts }) =>
      attempts.some((attempt) => attempt.messageId === messageId),
    );
  }
}

/** Is it no longer worth sending? */
function isPast({ expiresAt }: Command, millis: number): boolean {
  return Date.parse(expiresAt) <= millis;
}
