import { answerOf, type Client } from './client.js';
import type { Surroundings } from './command.js';
import { printed } from './print.js';

/** `csms charge-points password`: a new one, or none any more. @returns the exit code */
export async function changePassword(
  chargePointId: string,
  values: { remove: boolean; json: boolean; url?: string; token?: string },
  { client, print }: Surroundings,
): Promise<number> {
  const api = client(values);
  if (!values.remove) {
    const secret = await newPassword(chargePointId, api);
    if (values.json) return printed(secret, print);
    print(passwordLine(secret));
    return 0;
  }
  await answerOf(api.DELETE('/charge-points/{chargePointId}/password', { params: { path: { chargePointId } } }));
  if (values.json) return printed({ chargePointId }, print);
  print(`${chargePointId} has no password any more.`);
  return 0;
}

/** Gives a charge point a password, which is kept nowhere. */
export function newPassword(chargePointId: string, api: Client): Promise<{ user: string; password: string }> {
  return answerOf(api.POST('/charge-points/{chargePointId}/password', { params: { path: { chargePointId } } }));
}

/** For whoever sets it in the charge point. */
export function passwordLine({ user, password }: { user: string; password: string }): string {
  return `Its user is ${user}, its password ${password} (shown this once).`;
}
