import type { Stage } from './stage.js';

/** One behaviour of AWS that something here stands on. */
export interface Probe {
  id: string;
  /** What AWS does, in a sentence. */
  says: string;
  /** Whether AWS's documentation says so, others saw it and wrote so in public, or it is our conclusion. */
  restsOn: 'documented' | 'observed' | 'assumed';
  /** Which page says so, or what about it is not said. */
  source: string;
  /** Files below local/ that imitate it. None: a laptop can't show whether the code is right about it. */
  imitatedIn: string[];
  /** What it means for you. */
  ifWrong: string;
  /** Takes so long on AWS. */
  minutes?: number;
  /** Tries it. @throws {Differs} what was seen instead */
  check?(stage: Stage): Promise<void>;
  /** Why it is not tried. */
  notProbed?: string;
}

/** AWS, or what imitates it, does something else than a probe says. */
export class Differs extends Error {}
