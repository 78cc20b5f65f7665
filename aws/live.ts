import { randomBytes } from 'node:crypto';
import { DescribeEndpointCommand, IoTClient } from '@aws-sdk/client-iot';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { HttpRequest } from '@smithy/core/protocols';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Clock } from '../csms/clock.js';
import type { Live } from '../csms/live/ports.js';
import { clientOptions } from './clients.js';
import { filtersOf } from './topics.js';

/** Seconds, the shortest that STS has. */
const sessionDuration = 900;
/** Seconds. AWS IoT takes no URL that was signed earlier, whatever it says itself. */
const goodFor = 300;

/**
 * AWS IoT over WebSockets, in a session of a role that may listen and nothing else; the session's policy narrows it to
 * what is asked for.
 *
 * @param roleArn of that role
 */
export function iotLive(roleArn: string, namespace: string, clock: Clock): Live {
  const iot = new IoTClient(clientOptions);
  const sts = new STSClient(clientOptions);
  let endpoint: Promise<{ host: string; protocol: string }> | undefined;

  // As AWS IoT is asked, so it is listened to: encrypted, unless the environment has an endpoint of it that is not.
  let isPlain = false;
  iot.middlewareStack.add(
    (next) => (args) => {
      isPlain = (args.request as HttpRequest).protocol === 'http:';
      return next(args);
    },
    { step: 'finalizeRequest', name: 'protocol' },
  );

  async function describeEndpoint() {
    const { endpointAddress: host = '' } = await iot.send(
      new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }),
    );
    return { host, protocol: isPlain ? 'ws' : 'wss' };
  }

  return {
    async open(listening) {
      const [region, clientId] = [await iot.config.region(), `live-${randomBytes(10).toString('hex')}`];
      const topics = filtersOf(namespace, listening);
      const now = clock.now();
      const { Credentials } = await sts.send(
        new AssumeRoleCommand({
          RoleArn: roleArn,
          RoleSessionName: clientId,
          DurationSeconds: sessionDuration,
          Policy: JSON.stringify(policyOf(roleArn, region, clientId, topics)),
        }),
      );
      endpoint ??= describeEndpoint();
      endpoint.catch(() => {
        endpoint = undefined;
      });
      const { host, protocol } = await endpoint;
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
      const signer = new SignatureV4({
        ...{ service: 'iotdevicegateway', region, sha256: Hash.bind(null, 'sha256') },
        credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey },
      });
      const request = new HttpRequest({ method: 'GET', hostname: host, path: '/mqtt', headers: { host } });
      const { query = {} } = await signer.presign(request, { expiresIn: goodFor, signingDate: now });
      // AWS IoT, other than most services, takes the session token beside what is signed.
      const signed = { ...(query as Record<string, string>), 'X-Amz-Security-Token': SessionToken };
      return {
        url: `${protocol}://${host}/mqtt?${new URLSearchParams(signed)}`,
        ...{ clientId, topics },
        expiresAt: new Date(now.getTime() + goodFor * 1_000).toISOString(),
      };
    },
  };
}

/** What this client may do, and only this one. */
function policyOf(roleArn: string, region: string, clientId: string, filters: string[]): object {
  const [, partition, , , account] = roleArn.split(':');
  const arn = (resource: string) => `arn:${partition}:iot:${region}:${account}:${resource}`;
  const allow = (Action: string, Resource: string[]) => ({ Effect: 'Allow', Action, Resource });
  const covered = filters.map((filter) => arn(`topic/${filter.replace(/[+#]/g, '*')}`));
  return {
    Version: '2012-10-17',
    Statement: [
      allow('iot:Connect', [arn(`client/${clientId}`)]),
      allow(
        'iot:Subscribe',
        filters.map((filter) => arn(`topicfilter/${filter}`)),
      ),
      allow('iot:Receive', covered),
    ],
  };
}
