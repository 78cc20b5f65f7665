import { payloadIn, read, UsageError, wholeNumber } from '../arguments.js';
import { answerOf } from '../client.js';
import type { Command } from '../command.js';
import { payloadOf } from '../payload.js';
import { printDetails, printed } from '../print.js';
import { time } from '../table.js';

const options = {
  wait: { type: 'boolean', default: false },
  'expires-in': { type: 'string' },
  'json-payload': { type: 'string' },
  install: { type: 'string' },
  profile: { type: 'string' },
} as const;

/** Seconds, the most that the API waits. */
const longestWait = 20;

/** Asks a charge point for something. */
export const send: Command = {
  summary: 'Asks a charge point for something, and waits for what it says',
  usage: `csms command <id> <action> [--<member> <value>…]

  --<member> <value>      a member of the payload; its value is JSON where it can be, and a text otherwise
  --json-payload <json>   the payload, instead of its members
  --install <firmware>    of a firmware update: one of csms firmware
  --profile <name>        of SetChargingProfile: one of the stage's library
  --wait                  wait for the answer, ${longestWait} s at most; the exit code is 0 only when it is Accepted
  --expires-in <s>        for how long it may wait for the charge point (60 for what must happen now, else a day)

csms command CP1 Reset --type Immediate --wait
csms command CP1 ChangeConfiguration --key HeartbeatInterval --value '"300"'
csms command CP1 UpdateFirmware --install wallbox-1.3.bin
csms command CP1 UnlockConnector --json-payload '{"evseId":1,"connectorId":1}'`,
  async run(args, { client, print }) {
    const { rest, payload: members } = payloadIn(args, options);
    const { values, positionals } = read(rest, options);
    const [chargePointId, action, tooMuch] = positionals;
    if (chargePointId === undefined || action === undefined) throw new UsageError('Say which charge point, and what.');
    if (tooMuch !== undefined)
      throw new UsageError(`${tooMuch} is too much: a member of the payload has its name before it.`);
    const body = bodyOf(values['json-payload'], members);
    const { 'expires-in': seconds, install: firmware, profile } = values;
    const expiry = seconds !== undefined && { expiresIn: wholeNumber('expires-in', seconds) };
    const named = { ...(firmware !== undefined && { firmware }), ...(profile !== undefined && { profile }) };
    const command = await answerOf(
      client(values).POST('/charge-points/{chargePointId}/commands/{action}', {
        params: {
          path: { chargePointId, action },
          query: { ...expiry, ...named },
          header: values.wait ? { Prefer: `wait=${longestWait}` } : {},
        },
        body,
      }),
    );
    const isDone = !values.wait || command.status === 'accepted';
    if (values.json) {
      printed(command, print);
      return isDone ? 0 : 1;
    }
    const about = {
      command: `${command.action} ${command.commandId}`,
      status: command.status,
      reason: command.reason,
      answer: command.response === undefined ? undefined : JSON.stringify(command.response),
      error: command.error && JSON.stringify(command.error),
      'expires at': command.settledAt ? undefined : time(command.expiresAt),
    };
    printDetails(about, print);
    if (values.wait && !command.settledAt) print(`\nWhat it waits for: csms why ${chargePointId}`);
    return isDone ? 0 : 1;
  },
};

/** The payload of a command, of what was said of it. @throws {UsageError} */
export function bodyOf(text: string | undefined, members: Record<string, unknown>): Record<string, unknown> {
  if (text === undefined) return members;
  const [name] = Object.keys(members);
  if (name !== undefined) throw new UsageError(`Leave --${name} away, or --json-payload.`);
  return payloadOf(text);
}
