import { Differs, type Probe } from './probe.js';
import type { Stage } from './stage.js';

export type Outcome = { probe: Probe } & (
  | { is: 'confirmed' }
  | { is: 'differs'; saw: string }
  /** Nothing is known about AWS: the check itself failed. */
  | { is: 'unclear'; why: string }
  | { is: 'not probed'; why: string }
);

export interface RunOptions {
  /** Those that take minutes on AWS too. */
  slow: boolean;
  /** Whether those may run at once: where one of them can move the time they can't. */
  atOnce: boolean;
}

/** Tries one behaviour after the other, those that take minutes at the end. Outcomes come as they are known. */
export async function* run(probes: Probe[], stage: Stage, { slow, atOnce }: RunOptions): AsyncGenerator<Outcome> {
  for (const probe of probes.filter(({ minutes }) => !minutes)) yield await outcomeOf(probe, stage);
  const last = probes.filter(({ minutes }) => minutes);
  if (!slow) yield* last.map((probe) => notProbed(probe, `takes ${probe.minutes} min: --slow`));
  else if (atOnce) yield* await Promise.all(last.map((probe) => outcomeOf(probe, stage)));
  else for (const probe of last) yield await outcomeOf(probe, stage);
}

function notProbed(probe: Probe, why: string): Outcome {
  return { probe, is: 'not probed', why };
}

async function outcomeOf(probe: Probe, stage: Stage): Promise<Outcome> {
  if (!probe.check) return notProbed(probe, probe.notProbed ?? '');
  try {
    await limited(probe, probe.check(stage));
    return { probe, is: 'confirmed' };
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    if (error instanceof Differs) return { probe, is: 'differs', saw: message };
    // What nobody may do says nothing, nor does a service that is down.
    const { httpStatusCode: status = 0 } = $metadata ?? {};
    const isAnswer = status >= 400 && status < 500 && status !== 401 && status !== 403 && status !== 429;
    return isAnswer
      ? { probe, is: 'differs', saw: `${name}: ${message}` }
      : { probe, is: 'unclear', why: `${name}: ${message}` };
  }
}

/** A check that hangs says nothing; the others go on. */
async function limited({ minutes = 0 }: Probe, check: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it hangs')), (minutes + 2) * 60_000);
  });
  await Promise.race([check, limit]).finally(() => clearTimeout(timer));
}
