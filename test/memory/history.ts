import {
  entryOf,
  type FrameDetail,
  frameIdOf,
  isDone,
  type KeptFrame,
  type KeptFrameRecords,
  type KeptFrames,
  type Repair,
} from '../../csms/history/kept-frames.js';
import type { History, HistoryEntry, HistoryRecord } from '../../csms/history/ports.js';
import type { PageRequest } from '../../csms/page.js';
import { by, pageOf } from './page.js';
import type { Turn } from './turn.js';

export class MemoryHistory implements History {
  /** By `{chargePointId}/{kind}/{ISO time}/{id}`. */
  readonly entries = new Map<string, HistoryRecord>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async add(entry: HistoryEntry): Promise<void> {
    await this.#turn();
    const key = [entry.chargePointId, entry.kind, entry.at.toISOString(), entry.id].join('/');
    if (!this.entries.has(key)) this.entries.set(key, entry);
  }
}

export class MemoryKeptFrames implements KeptFrames, KeptFrameRecords {
  readonly #stored: MemoryHistory;
  readonly #turn: Turn;

  constructor(stored: MemoryHistory, turn: Turn) {
    this.#stored = stored;
    this.#turn = turn;
  }

  async find(chargePointId: string, frameId: string): Promise<KeptFrame | undefined> {
    await this.#turn();
    const entry = this.#stored.entries.get(keyOf(chargePointId, frameId));
    return entry && frameOf(entry);
  }

  async open(page: PageRequest) {
    await this.#turn();
    return pageOf(
      this.#frames().filter(({ repair }) => !repair || !isDone(repair)),
      page,
    );
  }

  async of(chargePointId: string, page: PageRequest) {
    await this.#turn();
    const own = this.#frames().filter((one) => one.chargePointId === chargePointId);
    return pageOf(own.reverse(), page);
  }

  #frames(): KeptFrame[] {
    const frames = [...this.#stored.entries.values()].filter(({ kind }) => kind === 'frame').map(frameOf);
    return frames.sort(by(({ frameId }) => frameId));
  }

  async mark(chargePointId: string, frameId: string, repair: Repair, before: Repair | undefined): Promise<boolean> {
    await this.#turn();
    const key = keyOf(chargePointId, frameId);
    const entry = this.#stored.entries.get(key);
    const isAsBefore = entry?.repair?.id === before?.id && entry?.repair?.status === before?.status;
    if (!entry || !isAsBefore) return false;
    this.#stored.entries.set(key, { ...entry, repair });
    return true;
  }
}

function keyOf(chargePointId: string, frameId: string): string {
  const { at, id } = entryOf(frameId) ?? {};
  return [chargePointId, 'frame', at, id].join('/');
}

function frameOf({ chargePointId, at, id, detail, repair }: HistoryRecord): KeptFrame {
  const frame = { chargePointId, frameId: frameIdOf(at, id), detail: detail as FrameDetail };
  return { ...frame, ...(repair && { repair }) };
}
