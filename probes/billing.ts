import type { Probe } from './probe.js';

const notProbed = 'a bill comes a day later';
const imitatedIn = ['meter.ts'];
const ifWrong = 'Costs are other than what [costs.md](costs.md) and `npm start` say.';

/** What is billed. */
export const billing: Probe[] = [
  {
    id: 'billing-websocket',
    says: 'API Gateway bills each message, in both directions, for each 32 KB of it, and each minute of a connection.',
    restsOn: 'documented',
    source: 'Amazon API Gateway pricing',
    imitatedIn: [...imitatedIn, 'gateway/websocket.ts', 'gateway/connections.ts'],
    ifWrong,
    notProbed,
  },
  {
    id: 'billing-http-api',
    says: 'API Gateway bills each request of an HTTP API, for each 512 KB of it.',
    restsOn: 'documented',
    source: 'Amazon API Gateway pricing',
    imitatedIn: [...imitatedIn, 'gateway/http-api.ts'],
    ifWrong,
    notProbed,
  },
  {
    id: 'billing-iot',
    says: 'AWS IoT bills each message for each 5 KB of it, each rule that is triggered, each action, each operation on a shadow or the registry.',
    restsOn: 'documented',
    source: 'AWS IoT Core pricing',
    imitatedIn: [...imitatedIn, 'iot/index.ts', 'iot/rules.ts'],
    ifWrong,
    notProbed,
  },
  {
    id: 'billing-lambda',
    says: 'Lambda bills each request, and the duration, which is not imitated.',
    restsOn: 'documented',
    source: 'AWS Lambda pricing',
    imitatedIn: [...imitatedIn, 'lambda/lambda.ts'],
    ifWrong,
    notProbed,
  },
  {
    id: 'billing-dynamodb',
    says: 'DynamoDB bills a unit for each KB written and each 4 KB read, half of one without `ConsistentRead`; a write whose condition fails, and a query that finds nothing, too. Each entry of an index that comes, goes or changes is a write of its own.',
    restsOn: 'documented',
    source: 'Amazon DynamoDB pricing; Read/write capacity mode; Using Global Secondary Indexes',
    imitatedIn: [...imitatedIn, 'dynamodb.ts', 'index-writes.ts'],
    ifWrong,
    notProbed,
  },
  {
    id: 'billing-schedule',
    says: 'EventBridge bills nothing for scheduled rules.',
    restsOn: 'documented',
    source: 'Amazon EventBridge pricing',
    imitatedIn: ['schedule.ts'],
    ifWrong,
    notProbed,
  },
  {
    id: 'billing-s3',
    says: 'S3 bills each request that it does not refuse: putting twelve times as much as getting, deleting nothing; and what is stored and sent, which is not imitated.',
    restsOn: 'documented',
    source: 'Amazon S3 pricing',
    imitatedIn: [...imitatedIn, 's3/index.ts'],
    ifWrong,
    notProbed,
  },
  {
    id: 'billing-sqs',
    says: 'SQS bills each request for each 64 KB: sending, receiving, deleting.',
    restsOn: 'documented',
    source: 'Amazon SQS pricing',
    imitatedIn: [...imitatedIn, 'sqs.ts'],
    ifWrong,
    notProbed,
  },
];
