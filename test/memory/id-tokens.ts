import type { IdToken, IdTokens } from '../../csms/id-tokens/ports.js';
import type { Turn } from './turn.js';

export class MemoryIdTokens implements IdTokens {
  /** By the normalised text. */
  readonly items = new Map<string, IdToken>();
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
}
