import { each } from './each.js';

/** A run of the sweep sees to so many of a kind at most; the rest is for the next, a minute later. */
export const mostAtOnce = 500;

/** So many charge points are seen to side by side. */
const sideBySide = 10;

/**
 * Sees to what is due: one after another of the same charge point, and of several charge points at once. What fails keeps
 * nothing else from being seen to.
 *
 * @throws in the end, how many failed and the first error of them
 */
export async function seeToEach<Due extends { chargePointId: string }>(
  due: Due[],
  seeTo: (one: Due) => Promise<unknown>,
): Promise<void> {
  const errors: unknown[] = [];
  await each(byChargePoint(due), sideBySide, async (all) => {
    for (const one of all) await seeTo(one).catch((error) => errors.push(error));
  });
  const [cause] = errors;
  if (cause) throw new Error(`${errors.length} of ${due.length} could not be seen to, the first: ${cause}`, { cause });
}

function byChargePoint<Due extends { chargePointId: string }>(due: Due[]): Due[][] {
  const groups = new Map<string, Due[]>();
  for (const one of due) groups.set(one.chargePointId, [...(groups.get(one.chargePointId) ?? []), one]);
  return [...groups.values()];
}
