import { describe, expect, it } from 'vitest';
import type { AuthorizationStatus } from '../id-tokens/ports.js';
import type { PresentedToken, Told } from './ports.js';
import { verdictOn, withPresented, withVerdict } from './tokens.js';

const told = (by: number, idToken: string, authorization: AuthorizationStatus = 'Accepted'): Told<PresentedToken> => ({
  by: `2026-01-02T03:00:0${by}.000Z#0000000000`,
  value: { idToken, type: 'ISO14443', authorization },
});
const presented = (...tokens: Told<PresentedToken>[]) => tokens.reduce(withPresented, {});

describe('the tokens that were presented', () => {
  it('are in the order of their events, whichever came first', () => {
    expect(presented(told(2, 'B'), told(1, 'A'))).toEqual({ idToken: told(1, 'A'), otherIdTokens: [told(2, 'B')] });
  });

  it('are each told once, though every event names it, in whatever capitals', () => {
    expect(presented(told(2, 'AB'), told(3, 'ab'))).toEqual({ idToken: told(2, 'AB') });
    expect(presented(told(2, 'AB'), told(1, 'ab'))).toEqual({ idToken: told(1, 'ab') });
  });

  it('have each verdict: refused at first, Accepted later, which is charged', () => {
    expect(presented(told(1, 'A', 'Expired'), told(2, 'A'))).toEqual({
      idToken: told(2, 'A'),
      otherIdTokens: [told(1, 'A', 'Expired')],
    });
  });

  it('that are all refused: the first stands for them', () => {
    const [first, second] = [told(1, 'A', 'Blocked'), told(2, 'B', 'Expired')];
    for (const tokens of [presented(first, second), presented(second, first)]) {
      expect(tokens).toEqual({ idToken: first, otherIdTokens: [second] });
    }
  });

  it('of an event that is told again keep their verdict', () => {
    expect(presented(told(1, 'A', 'ConcurrentTx'), told(1, 'A'))).toEqual({ idToken: told(1, 'A', 'ConcurrentTx') });
  });

  it('of another type are others', () => {
    const other = { ...told(2, 'A'), value: { ...told(2, 'A').value, type: 'KeyCode' } };
    expect(presented(told(1, 'A'), other)).toEqual({ idToken: told(1, 'A'), otherIdTokens: [other] });
  });
});

describe('a token that is in another transaction', () => {
  it('is ConcurrentTx, and the next that may charge is charged', () => {
    const tokens = withVerdict(presented(told(1, 'A'), told(2, 'B')), told(1, 'A').value, 'ConcurrentTx');
    expect(tokens).toEqual({ idToken: told(2, 'B'), otherIdTokens: [told(1, 'A', 'ConcurrentTx')] });
    expect(verdictOn(tokens, told(9, 'a'))).toBe('ConcurrentTx');
    expect(verdictOn(tokens, told(9, 'B'))).toBe('Accepted');
  });

  it('is ConcurrentTx once, however often it is found so', () => {
    const tokens = presented(told(1, 'A', 'ConcurrentTx'), told(2, 'A'));
    expect(withVerdict(tokens, told(2, 'A').value, 'ConcurrentTx')).toEqual({ idToken: told(1, 'A', 'ConcurrentTx') });
  });

  it('is so no more once it was Accepted', () => {
    expect(verdictOn(presented(told(1, 'A', 'ConcurrentTx'), told(2, 'A')), told(9, 'A'))).toBe('Accepted');
    expect(verdictOn({}, told(9, 'A'))).toBe('Accepted');
  });
});

describe('what is said of a token', () => {
  it('stands when the same event tells of it again, though it was blocked or another transaction ended meanwhile', () => {
    expect(verdictOn(presented(told(1, 'A')), told(1, 'A', 'Blocked'))).toBe('Accepted');
    expect(verdictOn(presented(told(1, 'A', 'ConcurrentTx'), told(2, 'A')), told(1, 'A'))).toBe('ConcurrentTx');
  });

  it('is what it is now, at another event', () => {
    expect(verdictOn(presented(told(1, 'A')), told(2, 'A', 'Blocked'))).toBe('Blocked');
    expect(verdictOn(presented(told(1, 'A', 'ConcurrentTx')), told(2, 'A', 'Expired'))).toBe('Expired');
  });
});
