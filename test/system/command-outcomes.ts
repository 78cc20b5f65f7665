import type { SettledStatus } from '../../csms/commands/ports.js';
import type { Protocol } from '../../csms/ocpp/protocol.js';
import type { Schema } from '../../schemas/generated/runtime.js';
import { sample } from '../../scripts/generate-ocpp/samples.mjs';
import { schemasOf } from './schemas.js';

type Payload = Record<string, unknown>;

/** Something that a charge point may answer to a command, and what is to be known of the command then. */
export interface Answered {
  name: string;
  request: Payload;
  /** The frame behind its type and message id: a CALLRESULT's payload, or a CALLERROR's code, description and details. */
  says: [3, unknown] | [4, string, string, object];
  status: SettledStatus;
  code?: string;
  reason?: string;
}

/** The status words of all answers of all versions: those with which the charge point does, or did, what it was asked. */
const yes = ['Accepted', 'AcceptedCanceled', 'RebootRequired', 'Scheduled', 'Unlocked', 'Unpublished'];
/** And those with which it does not, or has nothing of the kind. */
const no = [
  ...['ConditionNotSupported', 'DownloadOngoing', 'Duplicate', 'DuplicateTariffId', 'EmptyResultSet', 'Failed'],
  ...[
    'Faulted',
    'Invalid',
    'InvalidCertificate',
    'LanguageNotSupported',
    'NoCurrencyChange',
    'NoFirmware',
    'NoProfile',
  ],
  ...['NoProfiles', 'NoTariff', 'NotFound', 'NotImplemented', 'NotSupported', 'NotSupportedAttributeType'],
  ...['NotSupportedMessageFormat', 'NotSupportedPriority', 'NotSupportedState', 'Occupied'],
  ...['OngoingAuthorizedTransaction', 'Rejected', 'RevokedCertificate', 'TooManyElements', 'TxNotFound', 'Unavailable'],
  ...['Unknown', 'UnknownComponent', 'UnknownConnector', 'UnknownMessageId', 'UnknownTransaction', 'UnknownVariable'],
  ...['UnknownVendorId', 'UnlockFailed', 'UnsupportedMonitorType', 'VersionMismatch'],
];

/** @throws for a word that nobody thought of */
function meaning(word: string): SettledStatus {
  if (yes.includes(word)) return 'accepted';
  if (no.includes(word)) return 'rejected';
  throw new Error(`What the status ${word} of an answer means is not said.`);
}

/** All that can be answered: each status of the schema, an answer without one, a CALLERROR, an answer that is not valid. */
export function outcomesOf(protocol: Protocol, action: string): Answered[] {
  const { request, response } = schemasOf(protocol, action);
  const usual = sample(request, false) as Payload;
  const answer = sample(response, false) as Payload;
  const words = statusWords(response) ?? [];
  const [first = 'Accepted'] = words;
  return [
    {
      ...{ name: 'with all that it may say', request: sample(request, true) as Payload },
      ...{ says: [3, sample(response, true)], status: meaning(first) },
    },
    ...(words.length > 0 ? words : [undefined]).map((word): Answered => {
      const says: Answered['says'] = [3, withStatus(answer, response, word)];
      return { name: word ?? 'plainly', request: usual, says, status: meaning(word ?? first) };
    }),
    {
      ...{ name: 'with a CALLERROR', request: usual, says: [4, 'NotSupported', 'never heard', {}] },
      ...{ status: 'failed', code: 'answered-with-error', reason: 'NotSupported: never heard' },
    },
    {
      ...{ name: 'with what is not valid', request: usual, says: [3, { ...answer, unheardOf: 1 }] },
      ...{ status: 'failed', code: 'answer-invalid' },
      reason: 'The answer is not valid: The payload must NOT have additional properties',
    },
  ];
}

const isResult = (name: string, { type }: Schema) => name.endsWith('Result') && type === 'array';

/** The words of an answer's status, or of each of its results, where it has either. */
function statusWords({ properties = {} }: Schema): readonly string[] | undefined {
  if (properties.status) return properties.status.enum;
  const [, result] = Object.entries(properties).find(([name, member]) => isResult(name, member)) ?? [];
  const { status = undefined, attributeStatus = status } = result?.items?.properties ?? {};
  return attributeStatus?.enum;
}

/** The answer, with this status in the place of each. */
function withStatus(answer: Payload, { properties = {} }: Schema, word: string | undefined): Payload {
  if (!word) return answer;
  if (properties.status) return { ...answer, status: word };
  const results = Object.entries(answer).map(([name, value]) => {
    if (!isResult(name, properties[name] ?? {})) return [name, value];
    return [
      name,
      (value as Payload[]).map((one) => ({
        ...one,
        [properties[name]?.items?.properties?.attributeStatus ? 'attributeStatus' : 'status']: word,
      })),
    ];
  });
  return Object.fromEntries(results);
}
