import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asked, DesiredConfigurations } from '../../csms/configuration/ports.js';
import { SettableClock } from '../memory/clock.js';
import { MemoryDesiredConfigurations } from '../memory/desired-configurations.js';
import { MemoryShadows } from '../memory/things.js';
import { atOnce } from '../memory/turn.js';
import { startDynamoDb } from './dynamodb.js';

let ids = 0;
const nextId = () => `CP${++ids}`;
const asked = (version: number): Asked => ({
  version,
  keys: { 'A(b)@1.2/C#Target': { value: '', commandId: 'configuration-1', version } },
});

function contract(make: () => Promise<DesiredConfigurations>) {
  let desired: DesiredConfigurations;
  beforeAll(async () => {
    desired = await make();
  });

  it('knows of nothing that was asked for, until it was', async () => {
    const id = nextId();
    expect(await desired.change(id, () => undefined)).toBeUndefined();
    expect(await desired.change(id, (before) => (before ? undefined : asked(1)))).toEqual(asked(1));
    expect(await desired.change(id, () => undefined)).toEqual(asked(1));
  });

  it('loses no change of several at once', async () => {
    const id = nextId();
    const changes = Array.from({ length: 5 }, () => desired.change(id, (before) => asked((before?.version ?? 0) + 1)));
    await Promise.all(changes);
    expect(await desired.change(id, () => undefined)).toEqual(asked(5));
  });
}

describe('What was asked for of a desired configuration, in memory', () =>
  contract(async () => new MemoryDesiredConfigurations(new MemoryShadows(atOnce), new SettableClock(), atOnce)));

describe('What was asked for of a desired configuration, in DynamoDB', () => {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());
  contract(async () =>
    (await import('../../aws/desired-configurations.js')).iotDesiredConfigurations('InventoryTable'),
  );
});
