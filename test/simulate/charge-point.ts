import type { Memory } from '../memory/index.js';

export interface Socket {
  id: string;
  /** The charge point dialled it as the nth. */
  order: number;
  /** When its handshake began, in milliseconds of virtual time. */
  at: number;
  /** `vanished`: the charge point has lost it, and the gateway does not know yet. */
  state: 'dialled' | 'open' | 'vanished' | 'closed';
  /** Message ids of CALLs that arrived and were not answered. */
  owed: string[];
}

/** The charge point's side of its sockets. */
export class SimulatedChargePoint {
  readonly sockets: Socket[] = [];

  constructor(private readonly memory: Memory) {}

  /** The connection that it uses: its newest, while that is open. It never goes back to an older one. */
  get newest(): Socket | undefined {
    const newest = this.sockets.findLast(({ state }) => state !== 'dialled');
    return newest?.state === 'open' ? newest : undefined;
  }

  having(...states: Socket['state'][]): Socket[] {
    return this.sockets.filter(({ state }) => states.includes(state));
  }

  /** The handshake of its nth connection was answered, which may be before that of an earlier one. */
  dialled(id: string, order: number, at: number): void {
    this.sockets.push({ id, order, at, state: 'dialled', owed: [] });
    this.sockets.sort((a, b) => a.order - b.order);
  }

  complete(socket: Socket): void {
    socket.state = 'open';
    this.memory.sockets.connect(socket.id);
  }

  /** The client closes the connection, or the network, and the gateway knows. */
  drop({ id }: Socket): void {
    this.memory.sockets.drop(id);
    this.#lose(id, 'closed');
  }

  vanish({ id }: Socket): void {
    this.#lose(id, 'vanished');
  }

  /** The system closed it. */
  closed(connectionId: string): void {
    this.#lose(connectionId, 'closed');
  }

  arrived(connectionId: string, messageId: string): void {
    const socket = this.sockets.find(({ id, state }) => id === connectionId && state === 'open');
    socket?.owed.push(messageId);
  }

  #lose(connectionId: string, state: Socket['state']): void {
    const socket = this.sockets.find(({ id }) => id === connectionId);
    if (socket) Object.assign(socket, { state, owed: [] });
  }
}
