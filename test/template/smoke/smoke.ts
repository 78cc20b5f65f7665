import type { Account } from '../../../local/account.js';
import type { Template } from '../template.js';
import { script } from './script.js';
import { deployForTrial } from './trial.js';

/**
 * Deploys a template, and lets charge points and others do what it is there for.
 *
 * @param watch told of the account that it is deployed into, before
 * @throws the first thing that goes wrong, and in which step
 */
export async function smoke(template: Template, watch = (_: Account): void => {}): Promise<void> {
  const trial = await deployForTrial(template, watch);
  try {
    for (const [name, step] of script) {
      const done = step(trial);
      // When a fault is told before, nobody waits for it any more.
      done.catch(() => {});
      await Promise.race([done, trial.faults]).catch((cause) => {
        throw new Error(`${name}: ${cause.message}`, { cause });
      });
    }
  } finally {
    await trial.close();
  }
}
