import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IoTClient } from '@aws-sdk/client-iot';
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import { DynamoDBDocumentClient, GetCommand, paginateQuery, paginateScan, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Account } from '../../local/account.js';
import type { Stack } from '../../local/stack.js';

const user = { region: 'us-east-1', credentials: { accessKeyId: 'user', secretAccessKey: 'any' }, maxAttempts: 1 };

const clients = new WeakMap<Account, ReturnType<typeof newClients>>();

/** SDK clients of whoever has the account. */
export function clientsOf(account: Account): ReturnType<typeof newClients> {
  const known = clients.get(account) ?? newClients(account);
  clients.set(account, known);
  return known;
}

function newClients({ endpoint }: Account) {
  return {
    dynamodb: DynamoDBDocumentClient.from(new DynamoDBClient({ ...user, endpoint: `${endpoint.url}/dynamodb` })),
    iot: new IoTClient({ ...user, endpoint: `${endpoint.url}/iot` }),
    iotData: new IoTDataPlaneClient({ ...user, endpoint: `${endpoint.url}/iot-data` }),
  };
}

/** The SDK's `@connections` of a stack. */
export function connectionsOf({ endpoint, webSocketApis }: Account): ApiGatewayManagementApiClient {
  const [{ apiId, stage } = { apiId: '', stage: '' }] = webSocketApis;
  return new ApiGatewayManagementApiClient({ ...user, endpoint: `${endpoint.url}/execute-api/${apiId}/${stage}` });
}

export function tableName({ resources }: Stack, logicalId: string): string {
  return resources.ofType('AWS::DynamoDB::Table').find((table) => table.logicalId === logicalId)?.ref ?? logicalId;
}

/** What a table holds, of as many shapes as there are tables. */
type Item = Record<string, any>;

/** All items of a table, by its logical id: those of a charge point in the order of their range key, or everybody's. */
export async function itemsOf(
  { account, stack }: { account: Account; stack: Stack },
  logicalId: string,
  chargePointId?: string,
): Promise<Item[]> {
  const paging = { client: clientsOf(account).dynamodb };
  const table = { TableName: tableName(stack, logicalId), ConsistentRead: true };
  const whose = {
    KeyConditionExpression: 'chargePointId = :chargePointId',
    ExpressionAttributeValues: { ':chargePointId': chargePointId },
  };
  const pages =
    chargePointId === undefined ? paginateScan(paging, table) : paginateQuery(paging, { ...table, ...whose });
  const found: Item[] = [];
  for await (const { Items = [] } of pages) found.push(...Items);
  return found;
}

/** Says of a charge point, as an operator may, that what it sends is to be understood as far as it can be. */
export async function tolerate(
  { account, stack }: { account: Account; stack: Stack },
  chargePointId: string,
): Promise<void> {
  await clientsOf(account).dynamodb.send(
    new UpdateCommand({
      TableName: tableName(stack, 'ChargePointsTable'),
      Key: { chargePointId },
      UpdateExpression: 'SET validation = :tolerant',
      ExpressionAttributeValues: { ':tolerant': 'tolerant' },
    }),
  );
}

/** What is on record of a charge point's connections. */
export async function connectionRecord(
  { account, stack }: { account: Account; stack: Stack },
  chargePointId: string,
): Promise<{ current?: { connectionId: string }; opening: { connectionId: string; since: string }[] } | undefined> {
  const TableName = tableName(stack, 'ConnectionsTable');
  const { Item } = await clientsOf(account).dynamodb.send(new GetCommand({ TableName, Key: { chargePointId } }));
  return Item?.record;
}

/** An event on its way to a function, of those members that tests look at. */
export interface Invocation {
  functionName: string;
  event: {
    type?: 'REQUEST';
    requestContext?: {
      routeKey: '$connect' | '$default' | '$disconnect';
      connectionId: string;
      authorizer: { chargePointId?: string };
    };
    Records?: { body: string }[];
  };
}

/**
 * From now on goes around each invocation by the gateway and by queues, to watch it or to make the cloud slow or lossy.
 *
 * @param proceed invokes the function
 */
export function around(
  { lambda }: Account,
  how: (invocation: Invocation, proceed: () => Promise<unknown>) => Promise<unknown>,
): void {
  const { invoke } = lambda;
  lambda.invoke = (functionArn, event, invoker) =>
    how({ functionName: functionArn.split('-').pop() ?? '', event: event as Invocation['event'] }, () =>
      invoke(functionArn, event, invoker),
    );
}

/** The route of an invocation by the gateway, for the charge point `chargePointId`. */
export function isRoute(
  { event: { type, requestContext } }: Invocation,
  routeKey: '$connect' | '$default' | '$disconnect',
  chargePointId: string,
): boolean {
  return (
    type !== 'REQUEST' &&
    requestContext?.routeKey === routeKey &&
    requestContext.authorizer.chargePointId === chargePointId
  );
}

/** A promise, and what settles it. */
export function signal<T = void>() {
  let give: (value: T) => void = () => {};
  const given = new Promise<T>((resolve) => {
    give = resolve;
  });
  return { given, give };
}
