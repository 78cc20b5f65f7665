import middy from '@middy/core';
import { dynamoComponents } from '../aws/components.js';
import { dynamoConnectors } from '../aws/connectors.js';
import { dynamoIdTokens } from '../aws/id-tokens.js';
import { dynamoInventory } from '../aws/inventory.js';
import { dynamoJobs } from '../aws/jobs.js';
import { dynamoKeptFrames } from '../aws/kept-frames.js';
import { dynamoMeterValues } from '../aws/meter-values.js';
import { dynamoReservations } from '../aws/reservations.js';
import { iotShadows } from '../aws/shadows.js';
import { iotFrameTopics } from '../aws/topics.js';
import { dynamoTransactions } from '../aws/transactions.js';
import { answer } from '../csms/answer.js';
import { give } from '../csms/answers/elsewhere.js';
import { newest } from '../csms/connections/life.js';
import type { FrameOrigin } from '../csms/frame-topics.js';
import { keepRefused } from '../csms/history/refused.js';
import { keepCall } from '../csms/messages/keep.js';
import { failureOf } from '../csms/ocpp/failure.js';
import { parseFrame } from '../csms/ocpp/frame.js';
import { repairFrame } from '../csms/repair-frame.js';
import { frameWithoutSecrets } from '../csms/without-secrets.js';
import type { RefusalCode } from '../schemas/refusals.js';
import { type RuleMessage, ruleMessage } from '../schemas/rule-message.js';
import { commandPorts } from './command-ports.js';
import { readEnvironment } from './environment.js';
import { logError, logWarning } from './log.js';
import { parsed } from './middleware/parsed.js';

const env = readEnvironment(
  'ANSWERED_ELSEWHERE',
  'COMPONENTS_TABLE',
  'CONNECTORS_TABLE',
  'EXTERNAL_ANSWER_TIMEOUT',
  'HEARTBEAT_INTERVAL',
  'HISTORY_TABLE',
  'ID_TOKENS_TABLE',
  'INVENTORY_TABLE',
  'METER_VALUES_TABLE',
  'JOBS_TABLE',
  'NAMESPACE',
  'RESERVATIONS_TABLE',
  'TRANSACTIONS_TABLE',
  'UNKNOWN_TOKENS',
  'VALIDATION',
);
const queue = commandPorts();
const ports = {
  ...queue,
  topics: iotFrameTopics(env.NAMESPACE),
  components: dynamoComponents(env.COMPONENTS_TABLE),
  connectors: dynamoConnectors(env.CONNECTORS_TABLE),
  idTokens: dynamoIdTokens(env.ID_TOKENS_TABLE, logError),
  inventory: dynamoInventory(env.INVENTORY_TABLE, queue.clock),
  meterValues: dynamoMeterValues(env.METER_VALUES_TABLE),
  jobs: dynamoJobs(env.JOBS_TABLE),
  keptFrames: dynamoKeptFrames(env.HISTORY_TABLE),
  reservations: dynamoReservations(env.RESERVATIONS_TABLE),
  shadows: iotShadows,
  transactions: dynamoTransactions(env.TRANSACTIONS_TABLE),
  stage: {
    ...queue.stage,
    answeredElsewhere: env.ANSWERED_ELSEWHERE,
    externalAnswerTimeout: env.EXTERNAL_ANSWER_TIMEOUT,
    heartbeatInterval: env.HEARTBEAT_INTERVAL,
    unknownTokens: env.UNKNOWN_TOKENS,
    validation: env.VALIDATION,
  },
};

/** The rule on `{id}/in`: hands the frame to the operator's side, and publishes what that answers on `{id}/out`. */
export const handler = middy()
  .use(parsed(ruleMessage))
  .handler(async (message) => {
    const { chargePointId, frame, repairs } = message;
    const origin = await originOf(message);
    if (!origin) {
      logWarning('frame of a charge point that is not connected', { code: 'not-connected', chargePointId });
      return noteRefused(message, message.publishedAt, 'not-connected');
    }

    if (repairs) return repairFrame({ chargePointId, frameId: repairs, text: frame, origin }, ports);
    const reply = await answer(frame, { ...ports, chargePointId, ...origin }).catch(async (error) => {
      logError(
        'frame could not be handled',
        { code: 'message-not-handled', chargePointId, frame: frameWithoutSecrets(frame) },
        error,
      );
      await noteRefused(message, origin.receivedAt, 'message-not-handled');
      const failure = failureOf(frame, origin.protocol);
      if (failure) return failure;
      throw error;
    });
    const isContested = reply !== undefined && (await give({ chargePointId, text: frame, reply, origin }, ports));
    await keepCall({ chargePointId, text: frame, reply: isContested ? undefined : reply, origin }, ports);
  });

/** A frame that somebody else than `message` published says nothing of its connection: it is taken as the newest one's. */
async function originOf(message: RuleMessage): Promise<FrameOrigin | undefined> {
  const { chargePointId, connectionId, protocol, receivedAt = message.publishedAt } = message;
  if (connectionId && protocol) return { connectionId, protocol, receivedAt };
  const connection = newest(await ports.connections.read(chargePointId), ports.clock.now());
  return connection && { ...connection, receivedAt };
}

/** Whether that is kept or not, what follows from it does. */
async function noteRefused({ chargePointId, frame: text }: RuleMessage, at: Date, code: RefusalCode): Promise<void> {
  try {
    const frame = parseFrame(text, 'ocpp2.1');
    const about = frame.type === 'CALL' ? { messageId: frame.id, action: frame.action } : {};
    await keepRefused({ chargePointId, kind: 'frame-refused', at, text, code, about }, ports);
  } catch (error) {
    logError('refused frame could not be kept', { chargePointId, code }, error);
  }
}
