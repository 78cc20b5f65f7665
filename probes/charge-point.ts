import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { newPassword } from '../csms/charge-points/admission.js';
import type { Asked } from './socket.js';
import type { Stage } from './stage.js';

/** A charge point of the system with a password, and what it sends at its handshake. */
export async function chargePoint(stage: Stage): Promise<{ identity: string } & Required<Pick<Asked, 'headers'>>> {
  const identity = await stage.thing();
  const { password, kept } = newPassword();
  await stage.dynamodb.send(
    new UpdateCommand({
      TableName: stage.chargePointsTable,
      Key: { chargePointId: identity },
      UpdateExpression: 'SET password = :password',
      ExpressionAttributeValues: { ':password': kept },
    }),
  );
  return { identity, headers: { Authorization: basic(identity, password), 'Sec-WebSocket-Protocol': 'ocpp2.0.1' } };
}

/** Header `Authorization`. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
