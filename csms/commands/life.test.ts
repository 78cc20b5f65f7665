import { describe, expect, it } from 'vitest';
import {
  answered,
  cancelled,
  expired,
  isExpired,
  isSettled,
  lookedAt,
  queued,
  sent,
  unanswered,
  unsendable,
} from './life.js';
import type { Attempt, Command, CommandStatus, Outcome } from './ports.js';

const now = new Date('2026-01-31T12:00:00.000Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();
const attempt = (messageId: string, connectionId = 'c1'): Attempt => ({
  ...{ messageId, connectionId, sentAt: now.toISOString(), deadline: later(1) },
});
const command = (status: CommandStatus, more: Partial<Command> = {}): Command => ({
  ...{ chargePointId: 'CP1', commandId: 'm1', action: 'GetVariables', payload: '{}', status, order: '1' },
  ...{ expiresAt: later(30), dueAt: later(5), attempts: status === 'queued' ? [] : [attempt('m1')] },
  ...more,
});
const asked = { chargePointId: 'CP1', commandId: 'm1', action: 'GetVariables', payload: '{}' };
const settledStatuses = ['accepted', 'rejected', 'failed', 'timed-out', 'expired', 'cancelled'] as const;
const outcome: Outcome = { type: 'CALLRESULT', payload: { status: 'Accepted' } };
const yes = { outcome, status: 'accepted' } as const;
const settledAt = now.toISOString();

describe('a command that is queued', () => {
  it('has its place by the time, and expires when it is said to', () => {
    expect(queued({ ...asked, taskId: 't1', expiresAt: later(30) }, now)).toEqual({
      ...asked,
      ...{ taskId: 't1', status: 'queued', order: `${now.toISOString()}#m1`, attempts: [] },
      ...{ expiresAt: later(30), dueAt: later(5) },
    });
  });

  it('expires when it is no longer worth sending, where nobody says when', () => {
    expect(queued(asked, now).expiresAt).toBe(later(24 * 60));
  });
});

describe('a command that is sent', () => {
  it('has one attempt more', () => {
    const again = command('queued', { attempts: [attempt('m1')] });
    expect(sent(again, attempt('m2'), now)).toEqual({
      ...again,
      status: 'sent',
      attempts: [attempt('m1'), attempt('m2')],
    });
  });

  it.each(['sent', ...settledStatuses] as const)('is not sent when it is %s', (status) => {
    expect(sent(command(status), attempt('m2'), now)).toBeUndefined();
  });

  it('is not sent when its time is over', () => {
    expect(sent(command('queued', { expiresAt: later(0) }), attempt('m1'), now)).toBeUndefined();
  });
});

describe('an answer', () => {
  it('settles what was sent', () => {
    expect(answered(command('sent'), 'm1', yes, now)).toEqual({ ...command('sent'), ...yes, settledAt });
  });

  it.each(['accepted', 'rejected', 'failed'] as const)('is none to what is %s', (status) => {
    expect(answered(command(status), 'm1', yes, now)).toBeUndefined();
  });

  it.each([
    ['what was given up', command('timed-out'), 'm1'],
    ['what is queued again', command('queued', { attempts: [attempt('m1')] }), 'm1'],
    ['an attempt that is not its last', command('sent', { attempts: [attempt('m1'), attempt('m2')] }), 'm1'],
    ['what has no attempt on record', command('sent', { attempts: [] }), 'm1'],
  ])('to %s counts, and is late', (_, asked, messageId) => {
    expect(answered(asked, messageId, yes, now)).toEqual({ ...asked, ...yes, settledAt, late: true });
  });
});

describe('an attempt that nobody answered', () => {
  it.each([
    ['on the current connection', 'c1', 'timed-out'],
    ['on a connection that was replaced', 'c2', 'queued'],
    ['on a connection that is gone', undefined, 'queued'],
  ])('%s leaves what may be repeated %j: %s', (_, currentId, status) => {
    expect(unanswered(command('sent'), attempt('m1'), currentId, now)).toMatchObject({ status });
  });

  it('is looked at anew, when it is queued again, as what was queued now', () => {
    const asked = command('sent', { dueAt: later(0), expiresAt: later(30) });
    expect(unanswered(asked, attempt('m1'), 'c2', now)).toEqual({ ...asked, status: 'queued', dueAt: later(5) });
  });

  it.each([
    ['must not be repeated', { action: 'Reset' }],
    ['is no longer worth sending', { expiresAt: later(0) }],
  ])('is the end of what %s', (_, more) => {
    expect(unanswered(command('sent', more), attempt('m1'), 'c2', now)).toMatchObject({
      status: 'timed-out',
      settledAt,
    });
  });

  it.each([
    ['is not its last', command('sent', { attempts: [attempt('m1'), attempt('m2')] })],
    ['is answered', command('accepted')],
    ['is queued again', command('queued', { attempts: [attempt('m1')] })],
    ['is not on record', command('sent', { attempts: [] })],
    ['is of another connection', command('sent', { attempts: [attempt('m1', 'c3')] })],
    ['is of somebody else, who is later', command('sent', { attempts: [{ ...attempt('m1'), deadline: later(2) }] })],
  ])('says nothing of a command where it %s', (_, asked) => {
    expect(unanswered(asked, attempt('m1'), 'c2', now)).toBeUndefined();
  });
});

describe('what can happen to a command only while it is queued:', () => {
  const why = { code: 'payload-invalid', reason: 'It has no type.' } as const;
  const over = { expiresAt: later(0) };

  it.each([
    ['cancelled', (asked: Command) => cancelled(asked, now), { status: 'cancelled' }],
    ['failed, as what can not be sent', (asked: Command) => unsendable(asked, why, now), { status: 'failed', ...why }],
    ['expired', (asked: Command) => expired(asked, now), { status: 'expired' }],
  ])('it is %s', (_, change, expected) => {
    expect(change(command('queued', over))).toEqual({ ...command('queued', over), ...expected, settledAt });
    for (const status of ['sent', ...settledStatuses] as const) expect(change(command(status, over))).toBeUndefined();
  });

  it('it is not expired before its time', () => {
    expect(expired(command('queued', { expiresAt: new Date(now.getTime() + 1).toISOString() }), now)).toBeUndefined();
  });
});

describe('the sweep', () => {
  it.each([
    ['after five minutes', 30, 5],
    ['when it expires, if that is sooner', 2, 2],
  ])('looks at what is queued %s', (_, expires, due) => {
    expect(queued({ ...asked, expiresAt: later(expires) }, now).dueAt).toBe(later(due));
  });

  it.each([
    ['queued', 120, 60],
    ['queued', 30, 30],
    ['sent', 30, 60],
  ] as const)('that looked at what is %s and expires in %d minutes looks again in %d', (status, expires, due) => {
    expect(lookedAt(command(status, { expiresAt: later(expires) }), now)?.dueAt).toBe(later(due));
  });

  it.each(settledStatuses)('is done with what is %s', (status) => {
    expect(isSettled(command(status))).toBe(true);
    expect(lookedAt(command(status), now)).toBeUndefined();
  });

  it.each(['queued', 'sent'] as const)('is not done with what is %s', (status) => {
    expect(isSettled(command(status))).toBe(false);
  });

  it.each([
    [-1, true],
    [0, true],
    [1, false],
  ])('takes what expires %d minutes from now for expired: %s', (minutes, is) => {
    expect(isExpired(command('queued', { expiresAt: later(minutes) }), now)).toBe(is);
  });
});
