import { DescribeThingCommand, UpdateThingCommand } from '@aws-sdk/client-iot';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestIot } from '../test/local/iot.js';
import { createThing } from './create-thing.js';

let iot: Awaited<ReturnType<typeof startTestIot>>;
beforeEach(async () => {
  iot = await startTestIot();
});
afterEach(() => iot.close());

const attributesOf = async (thingName: string) =>
  (await iot.control.send(new DescribeThingCommand({ thingName }))).attributes;
const update = (attributePayload: { attributes: Record<string, string>; merge: boolean }) =>
  iot.control.send(new UpdateThingCommand({ thingName: 'CP1', attributePayload }));

it('a thing is created with the namespace of its stage, or with none', async () => {
  await createThing('CP1', 'south', iot.control);
  await createThing('CP2', '', iot.control);
  expect(await attributesOf('CP1')).toEqual({ namespace: 'south' });
  expect(await attributesOf('CP2')).toEqual({});
});

it('one that is there for the same namespace is left as it is', async () => {
  await createThing('CP1', 'south', iot.control);
  await update({ attributes: { site: 'A' }, merge: true });
  await createThing('CP1', 'south', iot.control);
  expect(await attributesOf('CP1')).toEqual({ namespace: 'south', site: 'A' });
});

it.each([
  ['north', { namespace: 'north', site: 'A' }, 'namespace north'],
  ['', { site: 'A' }, 'stages without a namespace'],
])('of one for another namespace it says how it is had for "%s"', async (namespace, attributes, named) => {
  await createThing('CP1', 'south', iot.control);
  await update({ attributes: { site: 'A' }, merge: true });
  const { message } = await createThing('CP1', namespace, iot.control).then(
    () => expect.unreachable(),
    (error: Error) => error,
  );
  expect(message).toContain(`CP1 exists already, for namespace south. To have it for ${named}: aws iot update-thing `);
  const [, payload = ''] = /--attribute-payload '(.+)'/.exec(message) ?? [];
  await update(JSON.parse(payload));
  expect(await attributesOf('CP1')).toEqual(attributes);
  await createThing('CP1', namespace, iot.control);
});
