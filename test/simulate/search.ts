import fc from 'fast-check';
import type { Played, play } from './play.js';

export interface Search {
  seed: number;
  /** How many stories were played. */
  stories: number;
  /** A story in which something is broken. */
  found?: Played;
}

/** The longest story has so many decisions before everything comes to its end. */
const longest = 400;

/**
 * Plays stories until one of them breaks a rule.
 *
 * @param seed the same one plays the same stories
 * @param limits milliseconds, and a number of stories: whichever is reached first ends the search; and whether what is
 * found is made as short as can be in that time
 */
export async function search(
  playStory: typeof play,
  seed: number,
  {
    milliseconds = Number.POSITIVE_INFINITY,
    stories: numRuns = 1_000_000,
    isShortened = true,
  }: { milliseconds?: number; stories?: number; isShortened?: boolean },
): Promise<Search> {
  let stories = 0;
  const choices = fc.array(fc.nat(0x3fffffff), { minLength: 20, maxLength: longest, size: 'max' });
  const property = fc.asyncProperty(choices, async (story) => {
    stories++;
    return (await playStory(story)).broken.length === 0;
  });
  const limit = Number.isFinite(milliseconds) && { interruptAfterTimeLimit: milliseconds };
  const { counterexample } = await fc.check(property, { seed, numRuns, endOnFailure: !isShortened, ...limit });
  return { seed, stories, ...(counterexample && { found: await playStory(counterexample[0]) }) };
}
