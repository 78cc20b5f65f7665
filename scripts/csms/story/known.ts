import type { operations } from '../api-types.js';

type Answered<Id extends keyof operations> = operations[Id] extends {
  responses: { 200: { content: { 'application/json': infer T } } };
}
  ? T
  : never;
type Item<Id extends keyof operations> = Answered<Id> extends { items: (infer T)[] } ? T : never;

export type ChargePoint = Answered<'getChargePoint'>;
export type SentCommand = Item<'listCommands'>;
export type Transaction = Item<'listTransactionsOfChargePoint'>;
export type HistoryEntry = Item<'listHistory'>;
export type Knock = Item<'listKnocksOfChargePoint'>;
export type Message = Item<'listMessages'>;

/** What the API knows of a charge point. */
export interface Known {
  chargePointId: string;
  /** Undefined of one that nobody has registered. */
  chargePoint: ChargePoint | undefined;
  knocks: Knock[];
  commands: SentCommand[];
  transactions: Transaction[];
  history: HistoryEntry[];
  /** Undefined where they may not be seen. */
  messages: Message[] | undefined;
}

/** One thing that happened. */
export interface Told {
  /** ISO 8601 UTC. */
  at: string;
  what: string;
  text: string;
  /** Why something was refused, and where the API says more of that. */
  code?: string;
  help?: string;
}
