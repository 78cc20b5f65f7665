import { describe, expect, it } from 'vitest';
import type { Fault } from '../../local/faults.js';
import { type FaultPlan, planNamed, plannedFaults } from './plan.js';

const kinds: Fault[] = ['twice', 'late', 'throttled'];

/** What strikes messages 1 to 500 of `target`, in lines. */
function strikes(seed: string, more: { target?: string; strength?: 'chaos' | 'outages'; among?: Fault[] } = {}) {
  const { target = 'InRule', strength = 'chaos', among = kinds } = more;
  const lines: string[] = [];
  const faults = plannedFaults({ strength, seed }, (line) => lines.push(line));
  faults.begin();
  for (let n = 1; n <= 500; n++) faults.strike(among, target, `CP1/in [2,"${n}","Heartbeat",{}]`);
  return lines;
}

describe('faults', () => {
  it('are told in a line each, and strike some of all', () => {
    const lines = strikes('7');
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.length).toBeLessThan(250);
    for (const line of lines)
      expect(line).toMatch(/^InRule (twice|late|throttled): CP1\/in \[2,"\d+","Heartbeat",\{\}\]$/);
  });

  it('of a seed are always the same, of another or at another place others', () => {
    expect(strikes('7')).toEqual(strikes('7'));
    expect(strikes('7')).not.toEqual(strikes('8'));
    const elsewhere = strikes('7', { target: 'OutRule' }).map((line) => line.replace('Out', 'In'));
    expect(elsewhere).not.toEqual(strikes('7'));
  });

  it('strike the same message or not each time that it comes', () => {
    const faults = plannedFaults({ strength: 'chaos', seed: '7' }, () => {});
    faults.begin();
    const times = Array.from({ length: 100 }, () => faults.strike(['late'], 'InRule', 'CP1/in []') !== undefined);
    expect(new Set(times).size).toBe(2);
  });

  it('do not depend on what differs from run to run', () => {
    const run = (time: string, millis: number, connectionId: string, id: string) => {
      const faults = plannedFaults({ strength: 'chaos', seed: '7' }, () => {});
      faults.begin();
      const text = (n: number) => `${n} ${time} ${millis} @connections/${connectionId} "${id}"`;
      return Array.from({ length: 100 }, (_, n) => faults.strike(kinds, 'x', text(n)));
    };
    expect(
      run('2026-01-01T00:00:00.000Z', 1767323045678, 'L0SM9cOFvHcCIhw=', 'c85d0647-5bd0-47f8-ab84-dbc172d6203b'),
    ).toEqual(run('2027-12-31T23:59:59Z', 1867323045678, 'a+SM/cOFvHcCIhx=', '00000000-5bd0-47f8-ab84-dbc172d6203b'));
  });

  it('that nobody can hide strike in outages alone', () => {
    const hard: Fault[] = ['unavailable', 'killed', 'restarted'];
    expect(strikes('7', { among: hard })).toEqual([]);
    expect(strikes('7', { among: hard, strength: 'outages' }).length).toBeGreaterThan(5);
  });

  it('strike between begin and cease', () => {
    const faults = plannedFaults({ strength: 'chaos', seed: '7' }, () => {});
    const some = () => Array.from({ length: 100 }, (_, n) => faults.strike(kinds, 'x', `${n}`)).some(Boolean);
    expect(some()).toBe(false);
    faults.begin();
    expect(some()).toBe(true);
    faults.cease();
    expect(some()).toBe(false);
  });
});

it.each<[string, FaultPlan | undefined]>([
  ['chaos:7', { strength: 'chaos', seed: '7' }],
  ['outages:monday-3', { strength: 'outages', seed: 'monday-3' }],
  ...['', 'chaos', 'chaos:', 'calm:7', 'chaos:7 8', 'CHAOS:7'].map((name): [string, undefined] => [name, undefined]),
])('%s names %j', (name, plan) => {
  expect(planNamed(name)).toEqual(plan);
});
