import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { DescribeThingCommand, IoTClient } from '@aws-sdk/client-iot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientOptions } from '../aws/clients.js';
import { startClock } from './clock.js';
import { type Endpoint, openEndpoint } from './endpoint.js';
import { type Fault, type Faults, noFaults } from './faults.js';
import { faultyCalls } from './faulty-calls.js';
import { always } from './testing.js';

let faults: Faults;
/** How often a service did what it was asked for. */
let done = 0;
let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await openEndpoint(0, startClock(), () => {});
  const faulty = faultyCalls({ strike: (...of) => faults.strike(...of) }, (service, { caller }) =>
    caller === 'csms' ? { action: `${service}:Any`, resource: 'arn:aws:iot:us-east-1:0:thing/CP1' } : undefined,
  );
  const service = {
    async handle() {
      done++;
      return { status: 200, body: {} };
    },
  };
  for (const name of ['iot', 'execute-api']) endpoint.add(name, faulty(name, service));
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

it("nobody else's call is struck", async () => {
  faults = always('failed');
  expect(await describeThing(iot('user', 1))).toMatchObject({ $metadata: { httpStatusCode: 200 } });
});

it('nothing fails by itself', async () => {
  faults = noFaults;
  expect(await describeThing()).toMatchObject({ $metadata: { attempts: 1 } });
});
