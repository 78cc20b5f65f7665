import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { parse } from 'yaml';

type Properties = Omit<CreateTableCommandInput, 'TableName'>;
interface Template {
  Resources: Record<string, { Properties: Properties }>;
}

const file = new URL('../../resources/tables.yml', import.meta.url);
const { Resources: tables } = parse(readFileSync(file, 'utf8')) as Template;

/**
 * A DynamoDB in memory with the tables of the template, by their logical names. What of `aws/` is to talk to it must be
 * imported after this: the environment says where it is.
 *
 * @returns a function that ends it
 */
export async function startDynamoDb(): Promise<() => Promise<void>> {
  const server = dynalite({ createTableMs: 0 });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  });
  const { dynamodb } = await import('../../aws/dynamodb.js');
  for (const [TableName, { Properties }] of Object.entries(tables)) {
    const { AttributeDefinitions, BillingMode, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes } = Properties;
    const indexes = { GlobalSecondaryIndexes, LocalSecondaryIndexes };
    await dynamodb.send(
      new CreateTableCommand({ TableName, AttributeDefinitions, BillingMode, KeySchema, ...indexes }),
    );
  }
  return async () => {
    dynamodb.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}

/** An item as it is stored. */
export async function item(
  TableName: string,
  Key: Record<string, string | number>,
): Promise<Record<string, unknown> | undefined> {
  const [{ dynamodb }, { GetCommand }] = await Promise.all([
    import('../../aws/dynamodb.js'),
    import('@aws-sdk/lib-dynamodb'),
  ]);
  return (await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
}
