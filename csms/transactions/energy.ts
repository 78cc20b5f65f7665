import type { Register } from '../meter-values/registers.js';
import { scale } from '../meter-values/scale.js';
import { type Contender, outermost, type Place } from './place.js';

/** A register as a transaction has it. `at` is the time that holds. */
export interface TransactionRegister extends Register, Contender<TransactionRegister> {
  /** The charge point's time, where another one holds. */
  said?: string;
  /** Milliseconds from the charge point's time until it was received. */
  after?: number;
  /** Was it read as the transaction started, or ended? */
  of?: 'started' | 'ended';
}

/** Why a register is read when a transaction begins and ends: what 1.6 says in the message itself counts before all values. */
const begins = ['meterStart', 'Transaction.Begin'];
const ends = ['meterStop', 'Transaction.End'];

type Registers = readonly (TransactionRegister | undefined)[];

/** The register that a transaction began with: the one read for that, or else as it started, or else the first. */
export function first(registers: Registers): TransactionRegister | undefined {
  const found = outermost(without(ends, registers), { ...contest, which: 'first', levelOf: levels(begins, 'started') });
  return kept(found, 'started');
}

/** The register that it ended with, or the last that is known. */
export function last(registers: Registers): TransactionRegister | undefined {
  const found = outermost(without(begins, registers), { ...contest, which: 'last', levelOf: levels(ends, 'ended') });
  return kept(found, 'ended');
}

/** @returns Wh; undefined where one is missing, and where the meter ran backwards, as a new one does */
export function energyBetween(begin: Register | undefined, end: Register | undefined): number | undefined {
  if (!begin || !end) return undefined;
  const energy = scale(Math.round(scale(end.wh - begin.wh, 3)), -3);
  return energy < 0 ? undefined : energy;
}

const contest = {
  placeOf: ({ at, said = at, after }: TransactionRegister): Place => ({ by: `${said}#`, ...(after && { after }) }),
  /** A meter runs forwards: of two readings of one time the lower was the first. */
  tie: ({ wh, context, of }: TransactionRegister) => [wh, context, of ?? ''],
};

/** Read as it started, or ended, it is not compared by its arrival any more; items are paid by the kB. */
function kept(
  register: TransactionRegister | undefined,
  type: TransactionRegister['of'],
): TransactionRegister | undefined {
  if (!register || register.of !== type || register.said || register.beside) return register;
  const { after: _, ...rest } = register;
  return rest;
}

function without(contexts: string[], registers: Registers): Registers {
  return registers.filter((one) => one && !contexts.includes(one.context));
}

/** Why it was read says more than in which message it came, and that more than any time. */
function levels(wanted: string[], type: TransactionRegister['of']) {
  return ({ context, of }: TransactionRegister) => {
    const place = wanted.indexOf(context);
    return 2 * (place < 0 ? wanted.length : place) + (of === type ? 0 : 1);
  };
}
