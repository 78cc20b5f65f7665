import type { Page, PageRequest } from '../../csms/page.js';
import type { Progress, Target, Task, TaskEvents, Tasks } from '../../csms/tasks/ports.js';
import { by, pageOf } from './page.js';
import type { Turn } from './turn.js';

export class MemoryTasks implements Tasks {
  readonly items = new Map<string, Task>();
  /** By `{taskId}/{chargePointId}`. */
  readonly all = new Map<string, Target>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async add(task: Task): Promise<Task> {
    await this.#turn();
    const known = this.items.get(task.taskId);
    if (!known) this.items.set(task.taskId, structuredClone(task));
    return known ?? task;
  }

  async list(page: PageRequest): Promise<Page<Task>> {
    await this.#turn();
    return pageOf([...this.items.values()].sort(by(({ createdAt }) => createdAt)).reverse(), page);
  }

  async read(taskId: string): Promise<Task | undefined> {
    await this.#turn();
    return this.items.get(taskId);
  }

  async change(
    taskId: string,
    transition: (task: Task) => Task | undefined,
  ): Promise<{ task: Task; isChanged: boolean } | undefined> {
    for (;;) {
      await this.#turn();
      const before = this.items.get(taskId);
      if (!before) return undefined;
      const after = transition(before);
      if (!after) return { task: before, isChanged: false };
      await this.#turn();
      if (this.items.get(taskId) !== before) continue;
      this.items.set(taskId, structuredClone(after));
      return { task: after, isChanged: true };
    }
  }

  async due(now: Date, limit: number): Promise<string[]> {
    await this.#turn();
    return [...this.items.values()]
      .filter(({ status, dueAt }) => status !== 'ended' && Date.parse(dueAt) <= now.getTime())
      .sort(by(({ dueAt }) => dueAt))
      .slice(0, limit)
      .map(({ taskId }) => taskId);
  }

  async addTarget(target: Target): Promise<Target | undefined> {
    await this.#turn();
    const name = `${target.taskId}/${target.chargePointId}`;
    const known = this.all.get(name);
    if (!known) this.all.set(name, structuredClone(target));
    return known;
  }

  async changeTarget(
    taskId: string,
    chargePointId: string,
    transition: (target: Target) => Target | undefined,
  ): Promise<void> {
    const name = `${taskId}/${chargePointId}`;
    for (;;) {
      await this.#turn();
      const before = this.all.get(name);
      const after = before && transition(before);
      if (!after) return;
      await this.#turn();
      if (this.all.get(name) !== before) continue;
      this.all.set(name, structuredClone(after));
      return;
    }
  }

  async targets(taskId: string, page: PageRequest): Promise<Page<Target>> {
    return this.#page(page, (target) => target.taskId === taskId);
  }

  async open(taskId: string, page: PageRequest): Promise<Page<Target>> {
    return this.#page(page, (target) => target.taskId === taskId && target.status === 'queued');
  }

  /** The cursor is the last charge point of the page before, as in DynamoDB: what is settled meanwhile shifts nothing. */
  async #page({ limit, cursor = '' }: PageRequest, is: (target: Target) => boolean): Promise<Page<Target>> {
    await this.#turn();
    const rest = [...this.all.values()]
      .filter((target) => is(target) && target.chargePointId > cursor)
      .sort(by(({ chargePointId }) => chargePointId));
    const items = rest.slice(0, limit);
    const last = items.at(-1);
    return { items, ...(last && rest.length > limit && { cursor: last.chargePointId }) };
  }
}

export class MemoryTaskEvents implements TaskEvents {
  readonly told: { taskId: string; progress: Progress }[] = [];
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async ended({ taskId }: Task, progress: Progress): Promise<void> {
    await this.#turn();
    this.told.push({ taskId, progress });
  }
}
