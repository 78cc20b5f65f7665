import { describe, expect, it } from 'vitest';
import { play } from './play.js';
import { search } from './search.js';

const minute = 60_000;

describe('connections and commands, in all orders and with faults', () => {
  it(
    'break no rule',
    async () => {
      const { found } = await search(play, 20_260_101, { stories: 500 });
      expect(found).toBeUndefined();
    },
    minute,
  );

  it('are the same story again for the same decisions', async () => {
    const choices = Array.from({ length: 150 }, (_, n) => (n * 7_919_777 + 13) % 0x3fffffff);
    const { story } = await play(choices);
    expect(story.length).toBeGreaterThan(150);
    expect((await play(choices)).story).toEqual(story);
  });
});
