import { SocketGone, type Sockets } from '../../csms/connections/ports.js';
import type { Turn } from './turn.js';

/** The gateway: which connections exist, what was posted to each, and which of them the system closed. */
export class MemorySockets implements Sockets {
  /** Connections that exist, and the frames posted to them. */
  readonly open = new Map<string, string[]>();
  /** What the system closed, in order. */
  readonly closed: string[] = [];
  /** The client's end of a connection that the system closes. */
  onClose: (connectionId: string) => void = () => {};
  /** What was posted, as it arrives. */
  onPost: (connectionId: string, text: string) => void = () => {};
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  /** The handshake completed. */
  connect(connectionId: string): void {
    this.open.set(connectionId, []);
  }

  /** The client closed the connection, or the network did. */
  drop(connectionId: string): void {
    this.open.delete(connectionId);
  }

  /** The frames posted to a connection that exists. */
  frames(connectionId: string): string[] {
    return this.open.get(connectionId) ?? [];
  }

  async post(connectionId: string, text: string): Promise<void> {
    await this.#turn();
    const frames = this.open.get(connectionId);
    if (!frames) throw new SocketGone(connectionId);
    frames.push(text);
    this.onPost(connectionId, text);
  }

  postOnce(connectionId: string, text: string): Promise<void> {
    return this.post(connectionId, text);
  }

  async exists(connectionId: string): Promise<boolean> {
    await this.#turn();
    return this.open.has(connectionId);
  }

  async close(connectionId: string): Promise<void> {
    await this.#turn();
    if (!this.open.delete(connectionId)) return;
    this.closed.push(connectionId);
    this.onClose(connectionId);
  }
}
