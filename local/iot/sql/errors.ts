/** A statement that AWS would refuse, or that the embedded AWS does not know: found when the rule is created. */
export class SqlError extends Error {
  override readonly name = 'SqlError';

  /** @param position of what is wrong, counted in characters from 1 */
  constructor(
    what: string,
    readonly position: number,
  ) {
    super(`${what} (character ${position} of the rule's SQL)`);
  }
}

/** A message that a rule can't be applied to: it is lost, as in AWS. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
}
