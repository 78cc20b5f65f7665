import { type Account, type AccountOptions, startAccount } from './account.js';
import { deploy, type Stack, type StackOptions } from './stack.js';

/** The whole system on one machine: a stage in an account of its own. */
export interface System {
  account: Account;
  stack: Stack;
  /** Registers a thing, as `aws iot create-thing` does. One that exists is left as it is. */
  register(thingName: string): Promise<void>;
  unregister(thingName: string): Promise<void>;
  close(): Promise<void>;
}

export type SystemOptions = AccountOptions & StackOptions;

/** @throws when a port is taken */
export async function startSystem(options: SystemOptions): Promise<System> {
  const account = await startAccount(options);
  try {
    const stack = await deploy(options, account);
    return {
      account,
      stack,
      register: (thingName) => changeThing(account, 'POST', thingName),
      unregister: (thingName) => changeThing(account, 'DELETE', thingName),
      async close() {
        await stack.close();
        await account.close();
      },
    };
  } catch (error) {
    await account.close();
    throw error;
  }
}

async function changeThing({ iot }: Account, method: string, thingName: string): Promise<void> {
  const path = `/things/${encodeURIComponent(thingName)}`;
  const request = { method, path, query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0), caller: 'user' };
  await iot.handle(request);
}
