import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { CreateThingCommand } from '@aws-sdk/client-iot';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashPassword } from '../csms/charge-points/admission.js';
import { compile } from '../start/compile.js';
import { stages } from '../test/stages.js';
import { clientsOf, tableName } from '../test/system/cloud.js';
import { dial } from '../test/system/socket.js';
import { type Account, startAccount } from './account.js';
import { deploy, type Stack } from './stack.js';
import { loadTemplate } from './template/template.js';

const host = '127.0.0.1';
let account: Account;
let errors: string[];

beforeEach(async () => {
  errors = [];
  account = await startAccount({
    host,
    mqttPort: 0,
    endpointPort: 0,
    onError: (message) => errors.push(message),
  });
});
afterEach(() => account.close());

const folderOf = (stage: 'dev' | 'prod') => compile(stages[stage]);
const deployed = async (stage: 'dev' | 'prod') => deploy({ host, port: 0, template: await folderOf(stage) }, account);

/** Whether a charge point with a password gets through every hop. */
async function isServed(stack: Stack, chargePointId: string): Promise<boolean> {
  const { iot, dynamodb } = clientsOf(account);
  await iot.send(new CreateThingCommand({ thingName: chargePointId }));
  await account.clock.idle();
  const password = new UpdateCommand({
    TableName: tableName(stack, 'ChargePointsTable'),
    Key: { chargePointId },
    UpdateExpression: 'SET password = :password',
    ExpressionAttributeValues: { ':password': hashPassword('secret', 'salt') },
  });
  await dynamodb.send(password);
  const authorization = `Basic ${Buffer.from(`${chargePointId}:secret`).toString('base64')}`;
  const socket = await dial(`${stack.url}${chargePointId}`, { headers: { authorization } });
  return socket.isAlive();
}

/** What a stack leaves in the account, by the names of those who would find it. */
async function left({ resources }: Stack) {
  const { TableNames = [] } = await clientsOf(account).dynamodb.send(new ListTablesCommand({}));
  const isGone = (use: () => unknown) => {
    try {
      use();
      return false;
    } catch {
      return true;
    }
  };
  const names = (type: string, use: (name: string) => unknown) =>
    resources.ofType(type).flatMap(({ logicalId, ref }) => (isGone(() => use(ref)) ? [] : [logicalId]));
  return {
    tables: TableNames,
    queues: names('AWS::SQS::Queue', account.sqs.waiting),
    functions: names('AWS::Lambda::Function', (name) => account.lambda.invokeLater(name, {}, 'cloudformation')),
    permissions: account.iam.grants(),
    apis: account.webSocketApis,
  };
}
const nothing = { tables: [], queues: [], functions: [], permissions: [], apis: [] };

describe.each(['dev', 'prod'] as const)('stage %s', (stage) => {
  it('is served again when it was removed and deployed again', async () => {
    const first = await deployed(stage);
    expect(await isServed(first, 'CP1')).toBe(true);
    await first.remove();
    await expect(dial(`${first.url}CP1`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    const second = await deployed(stage);
    expect(await isServed(second, 'CP2')).toBe(true);
    await second.remove();
    expect(errors).toEqual([]);
  });
});

describe('of a stage that is removed', () => {
  it('nothing is left on dev', async () => {
    const stack = await deployed('dev');
    const before = await left(stack);
    for (const [kind, found] of Object.entries(before)) expect([kind, found.length]).not.toEqual([kind, 0]);
    await stack.remove();
    expect(await left(stack)).toEqual(nothing);
  });

  it('the tables stay on prod, with what is in them, and another deployment does not find them', async () => {
    const first = await deployed('prod');
    await isServed(first, 'CP1');
    const { tables } = await left(first);
    await first.remove();
    expect(await left(first)).toEqual({ ...nothing, tables });

    const second = await deployed('prod');
    const itemIn = async (stack: Stack) => {
      const get = new GetCommand({ TableName: tableName(stack, 'ChargePointsTable'), Key: { chargePointId: 'CP1' } });
      return (await clientsOf(account).dynamodb.send(get)).Item;
    };
    expect(await itemIn(first)).toMatchObject({ registered: true });
    expect(await itemIn(second)).toBeUndefined();
    await second.remove();
  });

  it('the custom resource is told, and leaves the events of things on', async () => {
    const stack = await deployed('dev');
    const told: unknown[] = [];
    const { invoke } = account.lambda;
    account.lambda.invoke = (name, event, invoker) => {
      told.push(event);
      return invoke(name, event, invoker);
    };
    await stack.remove();
    expect(told).toMatchObject([{ RequestType: 'Delete', LogicalResourceId: 'Setup', PhysicalResourceId: 'setup' }]);
    const created = new Promise((resolve) => account.iot.broker.listen(({ topic }) => resolve(topic)));
    await clientsOf(account).iot.send(new CreateThingCommand({ thingName: 'CP1' }));
    expect(await created).toBe('$aws/events/thing/CP1/created');
  });
});

describe('a bucket in which a file is', () => {
  const file = (stack: Stack) => {
    const [bucket] = stack.resources.ofType('AWS::S3::Bucket').filter(({ logicalId }) => logicalId === 'FilesBucket');
    return { Bucket: bucket?.ref ?? '', Key: 'uploads/CP1/log/1/log' };
  };
  let s3: S3Client;
  beforeEach(() => {
    const credentials = { accessKeyId: 'user', secretAccessKey: 'embedded' };
    s3 = new S3Client({ region: account.region, endpoint: `${account.endpoint.url}/s3`, credentials });
  });
  afterEach(() => s3.destroy());

  it('is not deleted with stage dev, and the stage not removed, before somebody deletes the file', async () => {
    const stack = await deployed('dev');
    await s3.send(new PutObjectCommand({ ...file(stack), Body: 'text' }));
    await expect(stack.remove()).rejects.toThrow('uploads/CP1/log/1/log is in it');
    await s3.send(new DeleteObjectCommand(file(stack)));
    await stack.remove();
    expect(await left(stack)).toEqual(nothing);
    await expect(s3.send(new GetObjectCommand(file(stack)))).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('stays on prod', async () => {
    const stack = await deployed('prod');
    await s3.send(new PutObjectCommand({ ...file(stack), Body: 'text' }));
    await stack.remove();
    expect((await s3.send(new GetObjectCommand(file(stack)))).ContentLength).toBe(4);
  });
});

it.each(['dev', 'prod'] as const)('a stage %s that cannot be deployed leaves nothing', async (stage) => {
  const stack = await deployed('dev');
  await stack.remove();
  const template = loadTemplate(await folderOf(stage));
  const { Setup, ...others } = template.Resources;
  const Resources = { ...others, Broken: { ...Setup, Type: 'Custom::Broken', Properties: { ServiceToken: 'absent' } } };
  await expect(deploy({ host, port: 0, template: { ...template, Resources } }, account)).rejects.toThrow(
    'There is no function absent.',
  );
  expect(await left(stack)).toEqual(nothing);
});
