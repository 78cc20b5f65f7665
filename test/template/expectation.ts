/** A sentence, unless a value is what it is to be. */
export const expectation = (path: string, value: unknown, expected: unknown): string[] =>
  value === expected ? [] : [`${path} is to be ${expected}, not ${value}`];
