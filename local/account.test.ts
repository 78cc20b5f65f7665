import { afterAll, expect, it } from 'vitest';
import { Mailbox } from '../charge-point/testing.js';
import { testFunctions } from '../test/local/functions.js';
import { startAccount } from './account.js';

const functions = testFunctions();
afterAll(() => functions.close());

it('whoever closes an account hears which function left something undone', async () => {
  const logged = new Mailbox<string>();
  const onLog = (name: string, line: string) => logged.put(`${name}: ${line}`);
  const account = await startAccount({ host: '127.0.0.1', mqttPort: 0, endpointPort: 0, onLog });
  account.lambda.deploy(functions.of('openingLate'));
  await account.lambda.invoke('openingLate', {}, 'cloudformation');
  // Where the function's log is, and nobody need look.
  expect(await logged.take()).toContain('openingLate began a timer of 500 ms');
  await expect(account.close()).rejects.toThrow('openingLate began a timer of 500 ms');
});

it('who left nothing undone is not named', async () => {
  const account = await startAccount({ host: '127.0.0.1', mqttPort: 0, endpointPort: 0 });
  account.lambda.deploy(functions.of('nothing'));
  await account.lambda.invoke('nothing', {}, 'cloudformation');
  await account.close();
});
