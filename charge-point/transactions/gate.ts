import { EventEmitter, once } from 'node:events';

/** Closed while a charge point may say nothing of its own: it is without power, or its boot is not accepted (B01-B03). */
export class Gate {
  #isOpen = true;
  readonly #opened = new EventEmitter();

  close(): void {
    this.#isOpen = false;
  }

  open(): void {
    this.#isOpen = true;
    this.#opened.emit('opened');
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Resolves when it is open; rejects when `signal` is aborted before. */
  async passed(signal: AbortSignal): Promise<void> {
    // It may have been closed again before this was told.
    while (!this.#isOpen) await once(this.#opened, 'opened', { signal });
  }
}
