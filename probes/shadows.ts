import {
  DeleteThingShadowCommand,
  GetThingShadowCommand,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane';
import { refusal, same } from './expect.js';
import { mark } from './mark.js';
import type { Probe } from './probe.js';
import type { Stage } from './stage.js';

const quotas = 'AWS IoT Core endpoints and quotas: Device Shadow';
const errors = 'AWS IoT: Device Shadow error messages';

/** AWS IoT, classic shadows. */
export const shadows: Probe[] = [
  {
    id: 'shadows-reported',
    says: 'What is written to `state.reported` is read there again, merged with what was before; `null` removes.',
    restsOn: 'documented',
    source: 'AWS IoT: Device Shadow service documents',
    imitatedIn: ['iot/shadow.ts', 'iot/shadow-document.ts'],
    ifWrong: 'The shadow shows something else than the last boot.',
    async check(stage) {
      const thingName = mark();
      await update(stage, thingName, { reported: { a: 1, inner: { b: 'ü', c: [1, 2] } } });
      await update(stage, thingName, { reported: { a: null, inner: { c: [3] }, d: true } });
      same('reported', (await stateOf(stage, thingName)).reported, { inner: { b: 'ü', c: [3] }, d: true });
      await remove(stage, thingName);
    },
  },
  {
    id: 'shadows-no-thing',
    says: 'A shadow needs no thing; one that is not there is `ResourceNotFoundException`.',
    restsOn: 'documented',
    source: errors,
    imitatedIn: ['iot/shadow.ts'],
    ifWrong: 'The boot of a charge point that was deleted meanwhile is answered InternalError.',
    async check(stage) {
      const thingName = mark();
      const refused = await refusal('no shadow', stateOf(stage, thingName));
      same('error', refused, { name: 'ResourceNotFoundException', status: 404 });
      await update(stage, thingName, { reported: { a: 1 } });
      await remove(stage, thingName);
      same('after its deletion', (await refusal('no shadow', stateOf(stage, thingName))).status, 404);
    },
  },
  {
    id: 'shadows-size',
    says: 'The state has 8 KB at most: `RequestEntityTooLargeException`.',
    restsOn: 'documented',
    source: quotas,
    imitatedIn: ['iot/shadow.ts'],
    ifWrong: 'Another boot payload is refused; event `shadow-refused`.',
    async check(stage) {
      const thingName = mark();
      await update(stage, thingName, { reported: { text: 'x'.repeat(7 * 1024) } });
      const larger = update(stage, thingName, { reported: { text: 'x'.repeat(9 * 1024) } });
      const refused = await refusal('9 KB', larger);
      same('error', refused, { name: 'RequestEntityTooLargeException', status: 413 });
      await remove(stage, thingName);
    },
  },
  {
    id: 'shadows-depth',
    says: 'Below `desired` and `reported` five levels may stand inside each other, no more: `InvalidRequestException`.',
    restsOn: 'documented',
    source: `${quotas}; how the levels are counted is assumed`,
    imitatedIn: ['iot/shadow.ts', 'iot/shadow-document.ts'],
    ifWrong: 'Another boot payload is refused; event `shadow-refused`.',
    async check(stage) {
      const thingName = mark();
      await update(stage, thingName, { reported: { 1: { 2: { 3: { 4: { 5: {}, end: 1 } } } } } });
      const deeper = update(stage, thingName, { reported: { 1: { 2: { 3: { 4: { 5: { 6: { end: 1 } } } } } } } });
      const refused = await refusal('six levels', deeper);
      same('error', refused, { name: 'InvalidRequestException', status: 400 });
      await remove(stage, thingName);
    },
  },
  {
    id: 'shadows-invalid',
    says: 'What is no shadow document is `InvalidRequestException`.',
    restsOn: 'documented',
    source: errors,
    imitatedIn: ['iot/shadow.ts'],
    ifWrong: 'No effect: ours are documents.',
    async check(stage) {
      for (const payload of ['no JSON', '{}', '{"state":{"other":{}}}', '{"state":{"reported":[1]}}', '{"state":1}']) {
        const send = stage.iotData.send(new UpdateThingShadowCommand({ thingName: mark(), payload }));
        same('error', await refusal(payload, send), { name: 'InvalidRequestException', status: 400 });
      }
    },
  },
  {
    id: 'shadows-version',
    says: 'An update may name the version that it changes; another one is `ConflictException`.',
    restsOn: 'documented',
    source: errors,
    imitatedIn: ['iot/shadow.ts'],
    ifWrong: 'No effect: ours name none.',
    async check(stage) {
      const thingName = mark();
      const { version } = await update(stage, thingName, { reported: { a: 1 } });
      await update(stage, thingName, { reported: { a: 2 } }, version);
      const refused = await refusal('an old version', update(stage, thingName, { reported: { a: 3 } }, version));
      same('error', refused, { name: 'ConflictException', status: 409 });
      await remove(stage, thingName);
    },
  },
  {
    id: 'shadows-topics',
    says: 'An update is told on `…/update/accepted` and `…/update/documents`, and what `desired` has and `reported` has not on `…/update/delta`.',
    restsOn: 'documented',
    source: 'AWS IoT: Device Shadow MQTT topics',
    imitatedIn: ['iot/shadow.ts', 'iot/shadow-document.ts', 'iot/topics.ts'],
    ifWrong: 'Changes of a configuration that is desired are not heard.',
    async check(stage) {
      const thingName = mark();
      const inbox = await stage.listen(`$aws/things/${thingName}/shadow/update/+`);
      await update(stage, thingName, { reported: { a: 1, b: 1 }, desired: { a: 1, b: 2 } });
      const told = async (suffix: string) => {
        const message = await inbox.first(suffix, ({ topic }) => topic.endsWith(`/update/${suffix}`));
        return JSON.parse(message.payload.toString());
      };
      same('delta', (await told('delta')).state, { b: 2 });
      same('accepted', (await told('accepted')).state, { reported: { a: 1, b: 1 }, desired: { a: 1, b: 2 } });
      same('documents', (await told('documents')).current.state.reported, { a: 1, b: 1 });
      await remove(stage, thingName);
    },
  },
  {
    id: 'shadows-delta',
    says: 'As long as something is desired and not reported, each update tells all of it on `…/update/delta`, also one of `reported` alone, with the version and the time in seconds; GetThingShadow has it as `state.delta`.',
    restsOn: 'documented',
    source: 'AWS IoT: Device Shadow service documents, Delta state',
    imitatedIn: ['iot/shadow.ts', 'iot/shadow-document.ts'],
    ifWrong: 'A desired configuration that was refused is not tried again after a boot.',
    async check(stage) {
      const thingName = mark();
      const inbox = await stage.listen(`$aws/things/${thingName}/shadow/update/delta`);
      const told = async (version: number) => {
        const isIt = ({ payload }: { payload: { toString(): string } }) => JSON.parse(`${payload}`).version === version;
        const { state, timestamp } = JSON.parse(String((await inbox.first(`version ${version}`, isIt)).payload));
        return { state, isInSeconds: Number.isInteger(timestamp) && timestamp < 10_000_000_000 };
      };
      const desired = { configuration: { 'A/B': '1', 'C(d)@1.2/E#Target': '2' } };
      const { version } = await update(stage, thingName, { desired });
      same('delta', await told(version), { state: desired, isInSeconds: true });
      await update(stage, thingName, { reported: { model: 'x', configuration: { 'A/B': '1' } } });
      const rest = { configuration: { 'C(d)@1.2/E#Target': '2' } };
      same('after a report', await told(version + 1), { state: rest, isInSeconds: true });
      await update(stage, thingName, { reported: { model: 'y' } });
      same('after another', await told(version + 2), { state: rest, isInSeconds: true });
      same('as it is read', (await stateOf(stage, thingName)).delta, rest);
      await remove(stage, thingName);
    },
  },
];

async function update(
  { iotData }: Stage,
  thingName: string,
  state: object,
  version?: number,
): Promise<{ version: number }> {
  const payload = JSON.stringify({ state, ...(version !== undefined && { version }) });
  const answer = await iotData.send(new UpdateThingShadowCommand({ thingName, payload }));
  return JSON.parse(Buffer.from(answer.payload ?? []).toString());
}

async function stateOf(
  { iotData }: Stage,
  thingName: string,
): Promise<{ reported?: object; desired?: object; delta?: object }> {
  const answer = await iotData.send(new GetThingShadowCommand({ thingName }));
  return JSON.parse(Buffer.from(answer.payload ?? []).toString()).state;
}

async function remove({ iotData }: Stage, thingName: string): Promise<void> {
  await iotData.send(new DeleteThingShadowCommand({ thingName }));
}
