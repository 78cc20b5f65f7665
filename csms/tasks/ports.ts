import type { CommandStatus } from '../commands/ports.js';
import type { Protocol } from '../ocpp/protocol.js';
import type { Page, PageRequest } from '../page.js';

/** Which charge points: those that are all of it. With neither ids nor a site, of all that are registered. */
export interface Selection {
  chargePointIds?: string[];
  site?: string;
  /** It has each of them. */
  labels?: string[];
  protocol?: Protocol;
  vendor?: string;
  model?: string;
  firmwareVersion?: string;
}

/**
 * spreading: charge points are being asked. checking: what became of it is looked up. waiting: all have been asked, some have
 * not answered. ended: all are settled.
 */
export type TaskStatus = 'spreading' | 'checking' | 'waiting' | 'ended';

/** One command to many charge points. Times are ISO 8601 UTC. */
export interface Task {
  taskId: string;
  action: string;
  /** JSON; what of it only the system knows is filled in for each charge point. */
  payload: string;
  /** The name of the firmware in the stage's bucket that is to be installed. */
  firmware?: string;
  /** The name of the charging profile of the library that is to be set; `payload` is then what it is for. */
  profile?: string;
  selection: Selection;
  createdAt: string;
  /** Nobody is asked any more from then on. */
  deadline: string;
  status: TaskStatus;
  /** Counts what was done for it, a page of charge points at a time: whoever does the same again changes nothing. */
  step: number;
  /** Where the next page begins. */
  cursor?: string;
  /** When the sweep looks at it. */
  dueAt: string;
  cancelledAt?: string;
  endedAt?: string;
}

/** A charge point of a task, and what became of its command. */
export interface Target {
  taskId: string;
  chargePointId: string;
  /** Missing where there was none to send. */
  commandId?: string;
  status: Exclude<CommandStatus, 'sent'>;
  reason?: string;
}

export interface Tasks {
  /** Adds a task, unless there is one with its id. @returns the one that is there now */
  add(task: Task): Promise<Task>;
  /** The newest first. May be behind. */
  list(page: PageRequest): Promise<Page<Task>>;
  /** Strongly consistent. */
  read(taskId: string): Promise<Task | undefined>;
  /** @param transition pure; returns undefined to leave it alone @returns the task as it is now, and whether this changed it */
  change(
    taskId: string,
    transition: (task: Task) => Task | undefined,
  ): Promise<{ task: Task; isChanged: boolean } | undefined>;
  /** Those that have not ended though they were due by `now`, the longest due first. May be behind. */
  due(now: Date, limit: number): Promise<string[]>;
  /** Adds a charge point to its task, unless it is there. @returns the one that was there */
  addTarget(target: Target, task: Task): Promise<Target | undefined>;
  /** As `change`. */
  changeTarget(
    taskId: string,
    chargePointId: string,
    transition: (target: Target) => Target | undefined,
  ): Promise<void>;
  /** By charge point. Strongly consistent. */
  targets(taskId: string, page: PageRequest): Promise<Page<Target>>;
  /** Those that are not settled, by charge point. Strongly consistent. */
  open(taskId: string, page: PageRequest): Promise<Page<Target>>;
}

/** How many charge points of a task there are, by what became of it. */
export type Progress = Partial<Record<Target['status'], number>>;

export interface TaskEvents {
  /** Tells everybody that a task has ended. */
  ended(task: Task, progress: Progress): Promise<void>;
}
