import type { RefusalCode } from '../../schemas/refusals.js';
import type { ChargePoints, RegistrationStatus } from '../charge-points/ports.js';
import type { Clock } from '../clock.js';
import type { Connections, Sockets } from '../connections/ports.js';
import type { Events } from '../events.js';
import type { History } from '../history/ports.js';
import type { MessageLog } from '../messages/ports.js';
import type { Timers } from '../timers.js';

export type CommandStatus =
  | 'queued'
  | 'sent'
  | 'accepted'
  | 'rejected'
  | 'failed'
  | 'timed-out'
  | 'expired'
  | 'cancelled';

export type SettledStatus = Exclude<CommandStatus, 'queued' | 'sent'>;

/** What a charge point was asked: one CALL of ours, on one connection. Times are ISO 8601 UTC. */
export interface Attempt {
  messageId: string;
  connectionId: string;
  sentAt: string;
  /** When its answer is no longer waited for. */
  deadline: string;
}

/** How the charge point answered: what the payload of its CALLRESULT was understood as, or its CALLERROR. */
export type Outcome =
  | { type: 'CALLRESULT'; payload: unknown }
  | { type: 'CALLERROR'; code: unknown; description: unknown; details: unknown };

/** A CALL from somebody to a charge point, and what became of it. Times are ISO 8601 UTC. */
export interface Command {
  chargePointId: string;
  /** The message id of its CALL, and of its first attempt. */
  commandId: string;
  action: string;
  /** JSON, as whoever asked for it spelled it. */
  payload: string;
  status: CommandStatus;
  /** Its place in the queue: those of a charge point are sent in the order of this text. */
  order: string;
  /** When it is no longer worth sending. */
  expiresAt: string;
  /** When the sweep looks at it, unless it is settled by then. */
  dueAt: string;
  /** Oldest first. */
  attempts: Attempt[];
  settledAt?: string;
  /** Answered after it had been given up. */
  late?: true;
  outcome?: Outcome;
  /** Why it failed. */
  code?: RefusalCode;
  /** Why it failed, where the outcome doesn't say. */
  reason?: string;
  /** A charge point's shadow desires it. */
  desired?: true;
  /** The task that it is part of. */
  taskId?: string;
  /** Of a remote start: the transaction that came of it. */
  transactionId?: string;
}

/** Whose answer a charge point is waited for: there is one per charge point. */
export interface Slot extends Attempt {
  chargePointId: string;
  commandId: string;
}

export interface Commands {
  /** Adds a command, unless there is one with its id. @returns the one that is there now */
  add(command: Command): Promise<Command>;
  /** The command that was sent under `messageId`, at whichever attempt. Strongly consistent. */
  find(chargePointId: string, messageId: string): Promise<Command | undefined>;
  /** The queued command that comes first. Strongly consistent. */
  first(chargePointId: string): Promise<Command | undefined>;
  /** Those that are not settled though they were due by `now`, the longest due first. May be behind. */
  due(now: Date, limit: number): Promise<Pick<Command, 'chargePointId' | 'commandId'>[]>;
  /** Makes `find` know a command by the message id of a repeated attempt. */
  alias(chargePointId: string, messageId: string, commandId: string): Promise<void>;
  /** Notes that the charge point is asked for a message, and may take until then to send it. */
  trigger(chargePointId: string, action: string, until: Date): Promise<void>;
  /** Was it asked for such a message, and is there time to send it? Strongly consistent. */
  isTriggered(chargePointId: string, action: string, now: Date): Promise<boolean>;
  /**
   * Applies `transition` to the command as it is, and again should somebody else have changed it meanwhile.
   *
   * @param transition pure; returns undefined to leave the command alone
   * @param known the command as it was just read, which saves reading it again unless it has changed
   * @returns the command as it is now, and whether this changed it; undefined when there is none
   */
  change(
    chargePointId: string,
    commandId: string,
    transition: (command: Command) => Command | undefined,
    known?: Command,
  ): Promise<{ command: Command; isChanged: boolean } | undefined>;
}

/** The one CALL that may be unanswered, for each charge point: what keeps commands from being sent side by side. */
export interface Slots {
  /** Strongly consistent. */
  read(chargePointId: string): Promise<Slot | undefined>;
  /** @param held what is to be replaced, as it was read @returns whether nobody was faster */
  take(slot: Slot, held: Slot | undefined): Promise<boolean>;
  /** Empties it, if it is still held as said. */
  release(slot: Slot): Promise<void>;
}

/** All that the queue needs. */
export interface CommandPorts extends MessageLog {
  chargePoints: ChargePoints;
  commands: Commands;
  slots: Slots;
  connections: Connections;
  sockets: Sockets;
  timers: Timers;
  history: History;
  events: Events;
  clock: Clock;
  /** The stage's parameters. */
  stage: {
    namespace: string;
    registrationStatus: RegistrationStatus;
    /** How long an answer is waited for, in seconds. */
    commandTimeout: number;
  };
}
