import * as z from 'zod/mini';
import { newPassword } from '../../csms/charge-points/admission.js';
import { readChargePoint } from '../known.js';
import { operation } from '../operation.js';
import { nothing, ofChargePoint } from '../params.js';
import type { ApiPorts } from '../ports.js';

const changePassword = operation({
  id: 'newPassword',
  method: 'POST',
  path: '/charge-points/{chargePointId}/password',
  summary: 'Gives a charge point a new password for HTTP Basic, which is told this once',
  role: 'admin',
  params: ofChargePoint,
  query: nothing,
  isConditional: true,
  isSecret: true,
  answers: {
    201: { description: 'The next handshake needs it', schema: z.object({ user: z.string(), password: z.string() }) },
  },
  example: { params: { chargePointId: 'CP1' }, status: 201 },
  async handle({ params: { chargePointId: user }, expected }, ports) {
    await readChargePoint(user, ports);
    return { status: 201, body: { user, password: await givePassword(user, ports, expected) } };
  },
});

/** @param expected the revision that it must have @returns the password, which is kept nowhere */
export async function givePassword(
  id: string,
  { chargePointRecords, clock }: Pick<ApiPorts, 'chargePointRecords' | 'clock'>,
  expected?: number,
): Promise<string> {
  const { password, kept } = newPassword();
  await chargePointRecords.setPassword(id, kept, clock.now(), expected);
  return password;
}

const deletePassword = operation({
  id: 'deletePassword',
  method: 'DELETE',
  path: '/charge-points/{chargePointId}/password',
  summary: "Takes a charge point's password away",
  role: 'admin',
  params: ofChargePoint,
  query: nothing,
  isConditional: true,
  answers: { 204: { description: 'It has none' } },
  example: { params: { chargePointId: 'CP1' }, status: 204 },
  async handle({ params, expected }, ports) {
    await readChargePoint(params.chargePointId, ports);
    await ports.chargePointRecords.setPassword(params.chargePointId, undefined, ports.clock.now(), expected);
    return { status: 204 };
  },
});

export const passwordOperations = [changePassword, deletePassword];
