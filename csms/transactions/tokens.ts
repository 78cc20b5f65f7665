import { normalised } from '../id-tokens/normalised.js';
import type { AuthorizationStatus } from '../id-tokens/ports.js';
import { orderOf } from './place.js';
import type { PresentedToken, Told, Transaction } from './ports.js';

/** The tokens that were presented to charge in a transaction, as it has them. */
type Tokens = Pick<Transaction, 'idToken' | 'otherIdTokens' | 'commandId'>;

/** @returns the tokens with one more, unless the same event told of it before: what was said of it then stands */
export function withPresented(tokens: Tokens, told: Told<PresentedToken>): Tokens {
  const known = presentedTokens(tokens);
  const isKnown = known.some(({ by, value }) => by === told.by && isSameToken(value, told.value));
  return tokensOf(isKnown ? known : [...known, { ...told, value: asSent(tokens, told.value) }]);
}

/** Was this token presented, and this said of it? */
export function isPresented(tokens: Tokens, token: PresentedToken): boolean {
  return presentedTokens(tokens).some(({ value }) => isSameVerdict(value, token));
}

/** @returns the transaction, a token with its verdict having another one in it after all */
export function withVerdict<T extends Tokens>(transaction: T, token: PresentedToken, verdict: AuthorizationStatus) {
  const { idToken: _, otherIdTokens: __, ...rest } = transaction;
  const tokens = presentedTokens(transaction).map((told) =>
    isSameVerdict(told.value, token) ? { ...told, value: { ...told.value, authorization: verdict } } : told,
  );
  return { ...rest, ...tokensOf(tokens) };
}

/**
 * What is said of a token that was presented to charge: told again, the same.
 *
 * @param told what its event says of it now
 */
export function verdictOn(tokens: Tokens, { by, value: told }: Told<PresentedToken>): AuthorizationStatus {
  const value = asSent(tokens, told);
  const same = presentedTokens(tokens).filter((told) => isSameToken(told.value, value));
  const before = same.find((told) => told.by === by);
  if (before) return before.value.authorization;
  const verdicts = same.map((told) => told.value.authorization);
  const isConcurrent = verdicts.includes('ConcurrentTx') && !verdicts.includes('Accepted');
  return isConcurrent && value.authorization === 'Accepted' ? 'ConcurrentTx' : value.authorization;
}

/** The one that it is charged to comes first. */
export function presentedTokens({ idToken, otherIdTokens = [] }: Tokens): Told<PresentedToken>[] {
  return idToken ? [idToken, ...otherIdTokens] : [];
}

/** C05: what was Accepted in the transaction of a remote start stays so there, though nobody knows it. */
function asSent(tokens: Tokens, value: PresentedToken): PresentedToken {
  const accepted = { ...value, authorization: 'Accepted' as const };
  const isSent = value.authorization === 'Unknown' && tokens.commandId !== undefined && isPresented(tokens, accepted);
  return isSent ? accepted : value;
}

/** In order, and of each token and verdict the first: some charge points name the token in every event. */
function tokensOf(all: Told<PresentedToken>[]): Tokens {
  const inOrder = [...all].sort((a, b) => (isBefore(a, b) ? -1 : isBefore(b, a) ? 1 : 0));
  const firsts = inOrder.filter((told, i) => i === inOrder.findIndex((one) => isSameVerdict(one.value, told.value)));
  const idToken = firsts.find(({ value }) => value.authorization === 'Accepted') ?? firsts[0];
  const otherIdTokens = firsts.filter((told) => told !== idToken);
  return { ...(idToken && { idToken }), ...(otherIdTokens.length > 0 && { otherIdTokens }) };
}

/** What a start tells is the first, whatever the times of others. */
function isBefore(a: Told<PresentedToken>, b: Told<PresentedToken>): boolean {
  return a.of === b.of ? orderOf(a) < orderOf(b) : a.of === 'started';
}

function isSameVerdict(a: PresentedToken, b: PresentedToken): boolean {
  return a.authorization === b.authorization && isSameToken(a, b);
}

/** Id tokens are compared case-insensitively; in 2.x text and type together are the token. */
function isSameToken(a: PresentedToken, b: PresentedToken): boolean {
  return a.type === b.type && textOf(a) === textOf(b);
}

function textOf({ idToken }: PresentedToken): string {
  return normalised(idToken) ?? idToken;
}
