import { type Account, type AccountOptions, startAccount } from '../local/account.js';
import { deploy, type Stack, type StackOptions } from '../local/stack.js';
import { claim } from './folder.js';
import { type Issuer, startIssuer } from './issuer.js';

/** The whole system on one machine: a stage in an account of its own. */
export interface System {
  account: Account;
  stack: Stack;
  /** Where people sign in. */
  issuer: Issuer;
  /** Registers a thing, as `aws iot create-thing` does. One that exists is left as it is. */
  register(thingName: string): Promise<void>;
  unregister(thingName: string): Promise<void>;
  close(): Promise<void>;
}

export type SystemOptions = AccountOptions & Omit<StackOptions, 'issuers'>;

/** @throws when a port is taken, or another process has the folder */
export async function startSystem(options: SystemOptions): Promise<System> {
  const claimed = options.folder === undefined ? undefined : claim(options.folder);
  const closing: (() => unknown)[] = [() => claimed?.close()];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const account = await startAccount(options);
    closing.push(account.close);
    const issuer = startIssuer(account.clock);
    account.endpoint.add('issuer', issuer);
    const stack = await deploy({ ...options, issuers: issuer }, account);
    closing.push(stack.close);
    return {
      account,
      stack,
      issuer,
      register: (thingName) => changeThing(account, 'POST', thingName),
      unregister: (thingName) => changeThing(account, 'DELETE', thingName),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function changeThing({ endpoint }: Account, method: string, thingName: string): Promise<void> {
  const response = await fetch(`${endpoint.url}/iot/things/${encodeURIComponent(thingName)}`, { method });
  if (!response.ok) throw new Error(await response.text());
}
