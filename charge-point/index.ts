export { Answer, type Handler, type Handlers } from './client/answer.js';
export type { BackOff } from './client/back-off.js';
export {
  type ChargePoint,
  type ClientOptions,
  type ConnectionEvent,
  connectChargePoint,
  type Direction,
} from './client/client.js';
export { CallError, CallTimeout, HandshakeRefused, NoCommonProtocol, PowerLost, Unreachable } from './client/errors.js';
export type { Payload } from './client/frames.js';
export { chargePointUrl } from './client/socket.js';
export { type Clock, systemClock } from './clock.js';
export type { Hardware } from './messages/messages.js';
export { type Protocol, protocolNamed, protocols } from './protocols.js';
export { type Behaviour, defaultHardware, runScenario } from './run-scenario.js';
export { type Scenario, scenarios } from './scenarios/scenarios.js';
export { type StartOptions, startChargePoint } from './start.js';
export type { Step } from './steps/step.js';
export type { Repetition } from './transactions/outbox.js';
