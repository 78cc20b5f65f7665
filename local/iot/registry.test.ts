import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateThingCommand,
  CreateThingTypeCommand,
  DeleteThingCommand,
  DescribeEventConfigurationsCommand,
  DescribeThingCommand,
  ResourceNotFoundException,
  UpdateEventConfigurationsCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { heard, json, startTestIot, testClock } from '../../test/local/iot.js';

let iot: Awaited<ReturnType<typeof startTestIot>>;
beforeEach(async () => {
  iot = await startTestIot();
});
afterEach(() => iot.close());

const create = (thingName: string, attributes?: Record<string, string>) =>
  iot.control.send(new CreateThingCommand({ thingName, ...(attributes && { attributePayload: { attributes } }) }));
const find = (thingName: string) => iot.control.send(new DescribeThingCommand({ thingName }));
const invalid = { name: 'InvalidRequestException' };

describe('a thing', () => {
  it('is created at version 1 with an ARN of the account and Region', async () => {
    const { thingId, thingArn } = await create('CP:1', { site: 'Rotterdam' });
    expect(thingArn).toBe('arn:aws:iot:eu-west-1:123456789012:thing/CP:1');
    expect(await find('CP:1')).toMatchObject({
      ...{ thingName: 'CP:1', thingId, thingArn, defaultClientId: 'CP:1' },
      ...{ attributes: { site: 'Rotterdam' }, version: 1 },
    });
  });

  it('may be created again with the same attributes, not with others', async () => {
    const first = await create('CP1', { site: 'A' });
    expect((await create('CP1', { site: 'A' })).thingId).toBe(first.thingId);
    await expect(create('CP1', { site: 'B' })).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  });

  it.each(['RDAM 123', 'CP/1', 'CP+1', 'é', 'x'.repeat(129)])('cannot be named %s', async (name) => {
    await expect(create(name)).rejects.toMatchObject(invalid);
  });

  it('has at most three attributes, of the documented characters', async () => {
    await expect(create('CP1', { a: '1', b: '2', c: '3', d: '4' })).rejects.toMatchObject(invalid);
    await expect(create('CP1', { site: 'Den Haag' })).rejects.toMatchObject(invalid);
    await expect(create('CP1', { 'a b': '1' })).rejects.toMatchObject(invalid);
    await expect(create('CP1', { a: 'x'.repeat(801) })).rejects.toMatchObject(invalid);
  });

  it('that does not exist is a typed exception', async () => {
    await expect(find('CP9')).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('is updated by replacing or merging attributes; an empty value removes', async () => {
    await create('CP1', { a: '1', b: '2' });
    const update = (attributes: Record<string, string>, merge: boolean) =>
      iot.control.send(new UpdateThingCommand({ thingName: 'CP1', attributePayload: { attributes, merge } }));
    await update({ b: '', c: '3' }, true);
    expect(await find('CP1')).toMatchObject({ attributes: { a: '1', c: '3' }, version: 2 });
    await update({ d: '4' }, false);
    expect((await find('CP1')).attributes).toEqual({ d: '4' });
  });

  it('is updated and deleted at any version: an expected one is not known', async () => {
    await create('CP1');
    const expecting = { thingName: 'CP1', expectedVersion: 1 };
    const refused = 'expectedVersion';
    await expect(iot.control.send(new UpdateThingCommand(expecting))).rejects.toThrow(refused);
    await expect(iot.control.send(new DeleteThingCommand(expecting))).rejects.toThrow(refused);
  });

  it('may be deleted twice', async () => {
    await create('CP1');
    await iot.control.send(new DeleteThingCommand({ thingName: 'CP1' }));
    await iot.control.send(new DeleteThingCommand({ thingName: 'CP1' }));
    await expect(find('CP1')).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});

describe('thing events', () => {
  const switchOn = () =>
    iot.control.send(new UpdateEventConfigurationsCommand({ eventConfigurations: { THING: { Enabled: true } } }));

  it('are off until they are switched on', async () => {
    const { eventConfigurations } = await iot.control.send(new DescribeEventConfigurationsCommand({}));
    expect(eventConfigurations?.THING).toEqual({ Enabled: false });
    const first = heard(iot.broker, /^\$aws\/events/);
    await create('silent');
    await switchOn();
    await create('loud');
    expect((await first)[0]?.topic).toBe('$aws/events/thing/loud/created');
  });

  it('tell of creation, update and deletion', async () => {
    await switchOn();
    const events = heard(iot.broker, /^\$aws\/events\/thing\/CP1\//, 3);
    const { thingId } = await create('CP1', { site: 'A' });
    await iot.control.send(new UpdateThingCommand({ thingName: 'CP1' }));
    await iot.control.send(new DeleteThingCommand({ thingName: 'CP1' }));
    const [created, updated, deleted] = await events;
    expect(json(created)).toEqual({
      ...{ eventType: 'THING_EVENT', eventId: expect.any(String), timestamp: testClock.ms, operation: 'CREATED' },
      ...{ accountId: '123456789012', thingId, thingName: 'CP1', versionNumber: 1, thingTypeName: null },
      attributes: { site: 'A' },
    });
    expect(json(updated)).toMatchObject({ operation: 'UPDATED', versionNumber: 2 });
    expect(json(deleted)).toMatchObject({ operation: 'DELETED', versionNumber: 2 });
  });

  it('of other types are not known here', async () => {
    const command = new UpdateEventConfigurationsCommand({ eventConfigurations: { JOB: { Enabled: true } } });
    await expect(iot.control.send(command)).rejects.toThrow('events of type JOB');
  });
});

it('an operation that is not known is named', async () => {
  const command = new CreateThingTypeCommand({ thingTypeName: 'charger' });
  await expect(iot.control.send(command)).rejects.toThrow('iot:POST /thing-types/charger');
});

describe('with a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'iot-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('things and event configurations outlive a restart', async () => {
    const before = await startTestIot(folder);
    await before.control.send(new CreateThingCommand({ thingName: '__proto__' }));
    const eventConfigurations = { THING: { Enabled: true } };
    await before.control.send(new UpdateEventConfigurationsCommand({ eventConfigurations }));
    await before.close();
    const after = await startTestIot(folder);
    expect(await after.control.send(new DescribeThingCommand({ thingName: '__proto__' }))).toMatchObject({
      version: 1,
    });
    const described = await after.control.send(new DescribeEventConfigurationsCommand({}));
    expect(described.eventConfigurations?.THING).toEqual({ Enabled: true });
    await after.close();
  });

  it('a file that cannot be read is named', async () => {
    await writeFile(join(folder, 'things.json'), '[');
    await expect(startTestIot(folder)).rejects.toThrow('things.json cannot be read');
  });
});
