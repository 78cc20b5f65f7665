import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { DescribeThingCommand, IoTClient } from '@aws-sdk/client-iot';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientOptions } from '../../aws/clients.js';
import { startClock } from '../../local/clock.js';
import { type Endpoint, openEndpoint } from '../../local/endpoint.js';
import { type Fault, type Faults, noFaults } from '../../local/faults.js';
import { startIam } from '../../local/iam.js';
import { startMeter } from '../../local/meter.js';
import { startS3 } from '../../local/s3/index.js';
import { startSts } from '../../local/sts.js';
import { always, deployed } from '../../test/local/testing.js';
import { faultyCalls } from './calls.js';

let faults: Pick<Faults, 'strike'>;
/** How often a service did what it was asked for. */
let done = 0;
let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await openEndpoint({ port: 0, clock: startClock(), call: faultyCalls((...of) => faults.strike(...of)) });
  const resource = 'arn:aws:iot:us-east-1:0:thing/CP1';
  for (const name of ['iot', 'execute-api']) {
    endpoint.add(name, {
      read: () => ({
        needs: { action: `${name}:Any`, resource },
        answer() {
          done++;
          return { status: 200, body: {} };
        },
      }),
    });
  }
});
afterAll(() => endpoint.close());
beforeEach(() => {
  done = 0;
});

const iot = (accessKeyId = 'csms', maxAttempts = clientOptions.maxAttempts) =>
  new IoTClient({
    ...clientOptions,
    maxAttempts,
    region: 'us-east-1',
    endpoint: `${endpoint.url}/iot`,
    credentials: { accessKeyId, secretAccessKey: 'x' },
  });
const asCsms = { ...clientOptions, region: 'us-east-1', credentials: { accessKeyId: 'csms', secretAccessKey: 'x' } };
let things = 0;
const describeThing = (client = iot()) => client.send(new DescribeThingCommand({ thingName: `CP${++things}` }));

describe('a call of a function', () => {
  it.each<[Fault, number, string]>([
    ['throttled', 0, 'ThrottlingException'],
    ['failed', 0, 'InternalFailure'],
    ['cut off', 0, 'TimeoutError'],
    ['failed though done', 1, 'InternalFailure'],
    ['cut off though done', 1, 'TimeoutError'],
  ])('that is %s is done %d times and ends with %s', async (fault, times, name) => {
    faults = always(fault);
    await expect(describeThing(iot('csms', 1))).rejects.toMatchObject({ name });
    expect(done).toBe(times);
  });

  it('fails twice at most, so that nobody notices', async () => {
    faults = always('failed though done');
    expect(await describeThing()).toMatchObject({ $metadata: { attempts: 3 } });
    expect(done).toBe(3);
  });

  it('fails however often it is tried where a service is unavailable', async () => {
    let isFirst = true;
    faults = {
      strike(among) {
        const [fault] = isFirst ? among.filter((one) => one === 'unavailable') : [];
        isFirst = false;
        return fault && { fault, force: 0 };
      },
    };
    const failing = describeThing(iot());
    await expect(failing).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { attempts: 7 } });
    expect(await describeThing()).toMatchObject({ $metadata: { attempts: 1 } });
    expect(done).toBe(1);
  });

  it('on a connection may find it gone that is not', async () => {
    faults = always('gone though done');
    const gateway = new ApiGatewayManagementApiClient({
      region: 'us-east-1',
      endpoint: `${endpoint.url}/execute-api`,
      credentials: { accessKeyId: 'csms', secretAccessKey: 'x' },
    });
    const post = gateway.send(new PostToConnectionCommand({ ConnectionId: 'L0SM9cOFvHcCIhw=', Data: '[]' }));
    await expect(post).rejects.toThrow(GoneException);
    expect(done).toBe(1);
  });
});

it.each<[string, (endpoint: string) => Promise<{ $metadata: { attempts?: number } }>]>([
  [
    'STS',
    (url) => {
      const client = new STSClient({ ...asCsms, endpoint: `${url}/sts` });
      const RoleArn = 'arn:aws:iam::000000000000:role/Live';
      return client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'live' }));
    },
  ],
  [
    'S3',
    (url) => {
      const client = new S3Client({ ...asCsms, endpoint: `${url}/s3` });
      return client.send(new ListObjectsV2Command({ Bucket: 'files' }));
    },
  ],
])('%s, whose errors are XML, is asked again when it was asked too often', async (_service, ask) => {
  faults = always('throttled');
  const clock = startClock();
  const folder = mkdtempSync(join(tmpdir(), 's3-'));
  const iam = startIam({ clock });
  const Principal = { AWS: 'arn:aws:iam::000000000000:root' };
  const AssumeRolePolicyDocument = { Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] };
  iam.createRole(
    deployed({ AssumeRolePolicyDocument }, { attributes: { Arn: 'arn:aws:iam::000000000000:role/Live' } }),
  );
  const s3 = startS3({ clock, meter: startMeter(), folder });
  s3.createBucket(deployed({}, { ref: 'files' }));
  endpoint.add('sts', startSts({ iam, clock }));
  endpoint.add('s3', s3);
  expect(await ask(endpoint.url)).toMatchObject({ $metadata: { attempts: 3 } });
  s3.close();
  clock.close();
  rmSync(folder, { recursive: true });
});

it('nothing fails by itself', async () => {
  faults = noFaults;
  expect(await describeThing()).toMatchObject({ $metadata: { attempts: 1 } });
});
