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
    says: 'AWS IoT bills a message, with its topic and its properties, for each 5 KB, and again for each MQTT client that it is sent to; a rule that is triggered and each action, the error action too, for each 5 KB of the message; an operation on a shadow or the registry for each KB of it, deleting a thing nothing.',
    restsOn: 'documented',
    source:
      'AWS IoT Core pricing; AWS IoT Core additional metering details; that an error action is an action like others is not said',
    imitatedIn: [...imitatedIn, 'iot/index.ts', 'iot/broker.ts', 'iot/operations.ts', 'iot/rules.ts'],
    ifWrong,
    notProbed,
  },
  {
    id: 'billing-cloudfront',
    says: 'CloudFront bills each request, a handshake of a WebSocket too, and each run of a function; and what it sends, which is not imitated.',
    restsOn: 'documented',
    source: 'Amazon CloudFront pricing; WebSockets as one request are assumed',
    imitatedIn: [...imitatedIn, 'edge-behaviours.ts'],
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
