import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { HttpRequest } from '@smithy/core/protocols';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { arnOf, type Region } from '../arn.js';
import type { Clock } from '../clock.js';
import { refuse } from '../http.js';
import { type Iam, secretAccessKey } from '../iam.js';
import { AwsError } from '../service.js';
import type { SessionCredentials } from '../sts.js';
import type { Broker } from './broker.js';

/** Whom MQTT clients over WebSockets are held against. */
export interface MqttAccess extends Region {
  clock: Pick<Clock, 'now'>;
  /** What STS gave out under an access key id. */
  credentials(accessKeyId: string): SessionCredentials | undefined;
  iam: Iam;
}

/** MQTT over WebSockets at `/mqtt`, by URLs that are signed in their query: with the permissions of whoever signed. */
export interface MqttOverWebSockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export function mqttOverWebSockets(broker: Broker, access: MqttAccess): MqttOverWebSockets {
  const server = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (offered.has('mqtt') ? 'mqtt' : false),
  });
  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      signerOf(request, access).then(
        (accessKeyId) =>
          server.handleUpgrade(request, socket, head, (webSocket) => {
            const stream = createWebSocketStream(webSocket);
            stream.on('error', () => webSocket.terminate());
            const role = access.iam.roleOf(accessKeyId);
            // A connection outlives the session that it began in.
            broker.accept(stream, (action, resource) => {
              const permission = { action, resource: arnOf(access, 'iot', resource) };
              if (role) access.iam.authorize(role, permission, accessKeyId);
            });
          }),
        () => refuse(socket, 403),
      );
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

/** @returns the access key id that a handshake was signed with. @throws {AwsError} when it was not, or not as it is */
async function signerOf(request: IncomingMessage, { clock, region, credentials, iam }: MqttAccess): Promise<string> {
  const { searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
  const host = request.headers.host ?? '';
  const [accessKeyId = ''] = (query.get('X-Amz-Credential') ?? '').split('/');
  const session = credentials(accessKeyId);
  iam.checkSession(accessKeyId);
  // Beside what is signed, other than everywhere else.
  if ((query.get('X-Amz-Security-Token') ?? undefined) !== session?.sessionToken) throw forbidden();
  const signedAt = timeOf(query.get('X-Amz-Date') ?? '');
  const expiresIn = Number(query.get('X-Amz-Expires'));
  if (!(expiresIn > 0) || clock.now() > signedAt.getTime() + expiresIn * 1_000) throw forbidden();
  const signer = new SignatureV4({
    service: 'iotdevicegateway',
    region,
    credentials: { accessKeyId, secretAccessKey: session?.secretAccessKey ?? secretAccessKey },
    sha256: Hash.bind(null, 'sha256'),
  });
  const expected = await signer.presign(
    new HttpRequest({ method: 'GET', hostname: host, path: '/mqtt', headers: { host } }),
    { signingDate: signedAt, expiresIn },
  );
  const isAsSigned = Object.entries(expected.query ?? {}).every(([name, value]) => query.get(name) === value);
  if (!isAsSigned) throw forbidden();
  return accessKeyId;
}

/** @throws {AwsError} for no `yyyyMMdd'T'HHmmss'Z'` */
function timeOf(text: string): Date {
  const at = new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(at.getTime())) throw forbidden();
  return at;
}

function forbidden(): AwsError {
  return new AwsError('ForbiddenException', 'The handshake is not signed as it should be.', 403);
}
