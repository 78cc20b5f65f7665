import { jobName } from '../../csms/jobs/key.js';
import type { Job, JobKey, Jobs } from '../../csms/jobs/ports.js';
import type { Turn } from './turn.js';

export class MemoryJobs implements Jobs {
  /** By `{chargePointId}/{kind}#{requestId}`. */
  readonly items = new Map<string, Job>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async change(key: JobKey, transition: (job: Job | undefined) => Job | undefined): Promise<Job | undefined> {
    const name = `${key.chargePointId}/${jobName(key)}`;
    for (;;) {
      await this.#turn();
      const before = this.items.get(name);
      const after = transition(before);
      if (!after) return before;
      await this.#turn();
      if (this.items.get(name) !== before) continue;
      this.items.set(name, structuredClone(after));
      return after;
    }
  }
}
