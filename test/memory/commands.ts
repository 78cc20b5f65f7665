import { isSettled } from '../../csms/commands/life.js';
import type { Command, Commands, Slot, Slots } from '../../csms/commands/ports.js';
import type { Turn } from './turn.js';

export class MemoryCommands implements Commands {
  /** By `{chargePointId}/{commandId}`. */
  readonly items = new Map<string, Command>();
  /** Until when, by `{chargePointId}/{action}`. */
  readonly triggered = new Map<string, Date>();
  readonly #aliases = new Map<string, string>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async add(command: Command): Promise<Command> {
    await this.#turn();
    const key = `${command.chargePointId}/${command.commandId}`;
    const known = this.items.get(key);
    if (known) return known;
    this.items.set(key, structuredClone(command));
    return command;
  }

  async find(chargePointId: string, messageId: string): Promise<Command | undefined> {
    await this.#turn();
    const commandId = this.#aliases.get(`${chargePointId}/${messageId}`) ?? messageId;
    return this.items.get(`${chargePointId}/${commandId}`);
  }

  async first(chargePointId: string): Promise<Command | undefined> {
    await this.#turn();
    return [...this.items.values()]
      .filter((command) => command.chargePointId === chargePointId && command.status === 'queued')
      .sort((a, b) => (a.order < b.order ? -1 : 1))[0];
  }

  async due(now: Date, limit: number): Promise<Command[]> {
    await this.#turn();
    return [...this.items.values()]
      .filter((command) => !isSettled(command) && Date.parse(command.dueAt) <= now.getTime())
      .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
      .slice(0, limit);
  }

  async alias(chargePointId: string, messageId: string, commandId: string): Promise<void> {
    await this.#turn();
    this.#aliases.set(`${chargePointId}/${messageId}`, commandId);
  }

  async trigger(chargePointId: string, action: string, until: Date): Promise<void> {
    await this.#turn();
    this.triggered.set(`${chargePointId}/${action}`, until);
  }

  async isTriggered(chargePointId: string, action: string, now: Date): Promise<boolean> {
    await this.#turn();
    return (this.triggered.get(`${chargePointId}/${action}`)?.getTime() ?? 0) > now.getTime();
  }

  async change(
    chargePointId: string,
    commandId: string,
    transition: (command: Command) => Command | undefined,
    known?: Command,
  ): Promise<{ command: Command; isChanged: boolean } | undefined> {
    const key = `${chargePointId}/${commandId}`;
    for (let latest = known; ; latest = undefined) {
      if (!latest) await this.#turn();
      const before = latest ?? this.items.get(key);
      if (!before) return undefined;
      const after = transition(before);
      if (!after) return { command: before, isChanged: false };
      await this.#turn();
      if (this.items.get(key) !== before) continue;
      this.items.set(key, structuredClone(after));
      return { command: after, isChanged: true };
    }
  }
}

export class MemorySlots implements Slots {
  readonly held = new Map<string, Slot>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async read(chargePointId: string): Promise<Slot | undefined> {
    await this.#turn();
    return this.held.get(chargePointId);
  }

  async take(slot: Slot, held: Slot | undefined): Promise<boolean> {
    await this.#turn();
    if (!isSame(this.held.get(slot.chargePointId), held)) return false;
    this.held.set(slot.chargePointId, slot);
    return true;
  }

  async release(slot: Slot): Promise<void> {
    await this.#turn();
    if (isSame(this.held.get(slot.chargePointId), slot)) this.held.delete(slot.chargePointId);
  }
}

function isSame(a: Slot | undefined, b: Slot | undefined): boolean {
  return a?.messageId === b?.messageId && a?.connectionId === b?.connectionId && a?.deadline === b?.deadline;
}
