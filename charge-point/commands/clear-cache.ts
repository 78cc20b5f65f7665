import type { Take } from './take.js';

/** 5.4; C11. */
export const clearCache: Take<object> = (_request, { cache }) => {
  cache.clear();
  return { status: 'Accepted' };
};
