import { expect, it } from 'vitest';
import { bugs, planted } from './planted.js';
import { search } from './search.js';

const minute = 60_000;

it.each(bugs)('$name: found within a minute', { timeout: 2 * minute }, async (bug) => {
  const { play: playPlanted, remove } = await planted(bug);
  try {
    const { found } = await search(playPlanted, 20_260_101, { milliseconds: minute, isShortened: false });
    expect(found?.broken.length).toBeGreaterThan(0);
  } finally {
    await remove();
  }
});
