import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Judged } from './judged.js';

/** A line of the list of survivors: mutants by their names, and why they need not be caught. */
export interface Survivors {
  pattern: string;
  why: string;
  includes(mutant: Pick<Judged, 'name'>): boolean;
}

/** Reads the list of survivors. */
export function listedSurvivors(): Survivors[] {
  const text = readFileSync(new URL('survivors.yml', import.meta.url), 'utf8');
  const groups = parse(text) as { why: string; mutants: string[] }[];
  return groups.flatMap(({ why, mutants }) =>
    mutants.map((pattern) => {
      const parts = pattern.split('*').map((part) => part.replace(/[.$()]/g, '\\$&'));
      const names = new RegExp(`^${parts.join('\\S*')}$`);
      return { pattern, why, includes: ({ name }) => names.test(name) };
    }),
  );
}

const survivors = listedSurvivors();

/** Need a mutant that the static checks leave not be caught? */
export function isListed(mutant: Pick<Judged, 'name'>): boolean {
  return survivors.some(({ includes }) => includes(mutant));
}
