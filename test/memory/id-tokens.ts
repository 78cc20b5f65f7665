import type { Holder, IdToken, IdTokens } from '../../csms/id-tokens/ports.js';
import type { Turn } from './turn.js';

export class MemoryIdTokens implements IdTokens {
  /** By the normalised text. */
  readonly items = new Map<string, IdToken>();
  /** The transaction that a token is in which may be in one only. */
  readonly holders = new Map<string, Holder>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  /** Puts a token there as an operator would. */
  put(token: Partial<IdToken> & { idToken: string }): void {
    this.items.set(token.idToken, { status: 'Accepted', oneTransaction: false, ...token });
  }

  async find(idToken: string): Promise<IdToken | undefined> {
    await this.#turn();
    return this.items.get(idToken);
  }

  async hold(idToken: string, holder: Holder, instead: Holder = holder): Promise<Holder> {
    await this.#turn();
    // A token that nobody knows is in no transaction.
    if (!this.items.has(idToken)) return holder;
    const current = this.holders.get(idToken);
    if (current && !isSame(current, holder) && !isSame(current, instead)) return current;
    this.holders.set(idToken, holder);
    return holder;
  }

  async release(idToken: string, holder: Holder): Promise<void> {
    await this.#turn();
    const current = this.holders.get(idToken);
    if (current && isSame(current, holder)) this.holders.delete(idToken);
  }
}

function isSame(a: Holder, b: Holder): boolean {
  return a.chargePointId === b.chargePointId && a.transactionId === b.transactionId;
}
