import { billing } from './billing.js';
import { cloudformation } from './cloudformation.js';
import { connections } from './connections.js';
import { dynamodb } from './dynamodb.js';
import { edge } from './edge.js';
import { edgeFiles } from './edge-files.js';
import { httpApi } from './http-api.js';
import { lambda } from './lambda.js';
import type { Probe } from './probe.js';
import { registry } from './registry.js';
import { rules } from './rules.js';
import { s3 } from './s3.js';
import { schedules } from './schedules.js';
import { sessions } from './sessions.js';
import { shadows } from './shadows.js';
import { sqs } from './sqs.js';
import { topics } from './topics.js';
import { closes } from './websocket-closes.js';
import { handshakes } from './websocket-handshakes.js';
import { messages } from './websocket-messages.js';

/** All that is assumed of AWS, by service. */
export const services: { name: string; probes: Probe[] }[] = [
  { name: 'API Gateway, WebSocket', probes: [...handshakes, ...messages, ...closes] },
  { name: 'API Gateway, @connections', probes: connections },
  { name: 'API Gateway, HTTP', probes: httpApi },
  { name: 'CloudFront', probes: [...edge, ...edgeFiles] },
  { name: 'AWS IoT, topics', probes: topics },
  { name: 'AWS IoT, rules', probes: rules },
  { name: 'AWS IoT, things', probes: registry },
  { name: 'AWS IoT, shadows', probes: shadows },
  { name: 'STS, and MQTT in a session', probes: sessions },
  { name: 'Lambda', probes: lambda },
  { name: 'DynamoDB', probes: dynamodb },
  { name: 'SQS', probes: sqs },
  { name: 'S3', probes: s3 },
  { name: 'EventBridge', probes: schedules },
  { name: 'CloudFormation and IAM', probes: cloudformation },
  { name: 'What is billed', probes: billing },
];
