import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import { CallError, CallTimeout } from './errors.js';
import type { Frame, Payload } from './frames.js';

interface Call {
  action: string;
  payload: Payload;
  resolve(answer: Payload): void;
  reject(error: unknown): void;
}

/** The charge point's own CALLs: in order, one outstanding at a time, over however many sockets it takes. */
export class Calls {
  readonly #waiting: Call[] = [];
  #outstanding: { id: string; call: Call; answered: AbortController } | undefined;
  #send: ((frame: unknown[]) => void) | undefined;
  #ended: { why: unknown } | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly timeout: number,
    private readonly onTimeout: (error: CallTimeout) => void,
  ) {}

  /** Resolves with the CALLRESULT's payload. @throws {CallError | CallTimeout} */
  call(action: string, payload: Payload): Promise<Payload> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended.why);
      this.#waiting.push({ action, payload, resolve, reject });
      this.#next();
    });
  }

  /** There is a socket again. */
  resume(send: (frame: unknown[]) => void): void {
    this.#send = send;
    this.#next();
  }

  /** The socket is gone: what it leaves unanswered is the first to be sent on the next one, under a new message id. */
  suspend(): void {
    this.#send = undefined;
    const call = this.#take();
    if (call) this.#waiting.unshift(call);
  }

  /** An answer came. One to no outstanding CALL is late or unknown, and ignored. */
  settle(frame: Extract<Frame, { type: 'CALLRESULT' | 'CALLERROR' }>): void {
    if (this.#outstanding?.id !== frame.id) return;
    const call = this.#take();
    if (frame.type === 'CALLRESULT') call?.resolve(frame.payload);
    else call?.reject(new CallError(frame.code, frame.description, frame.details));
    this.#next();
  }

  /** Everything unanswered fails with `why`, and nothing is sent before there is another socket. */
  drop(why: unknown): void {
    this.suspend();
    for (const call of this.#waiting.splice(0)) call.reject(why);
  }

  /** There will be no socket any more: everything unanswered fails with `why`, now and later. */
  end(why: unknown): void {
    this.#ended = { why };
    this.drop(why);
  }

  #next(): void {
    if (!this.#send || this.#outstanding) return;
    const call = this.#waiting.shift();
    if (!call) return;
    const id = randomUUID();
    const answered = new AbortController();
    this.#outstanding = { id, call, answered };
    this.#send([2, id, call.action, call.payload]);
    this.clock.wait(this.timeout, answered.signal).then(
      () => this.#expire(id),
      () => {}, // the wait was called off: answered, or the socket is gone
    );
  }

  #expire(id: string): void {
    if (this.#outstanding?.id !== id) return;
    const call = this.#take();
    if (call) {
      const error = new CallTimeout(call.action, this.timeout);
      this.onTimeout(error);
      call.reject(error);
    }
    this.#next();
  }

  /** Frees the slot of the outstanding CALL. */
  #take(): Call | undefined {
    const outstanding = this.#outstanding;
    this.#outstanding = undefined;
    outstanding?.answered.abort();
    return outstanding?.call;
  }
}
