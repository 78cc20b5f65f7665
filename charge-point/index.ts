export type { Handler, Handlers } from './client/answer.js';
export type { BackOff } from './client/back-off.js';
export {
  type ChargePoint,
  type ClientOptions,
  type ConnectionEvent,
  connectChargePoint,
  type Direction,
} from './client/client.js';
export { CallError, CallTimeout, HandshakeRefused, NoCommonProtocol, Unreachable } from './client/errors.js';
export type { Payload } from './client/frames.js';
export { chargePointUrl } from './client/socket.js';
export { type Clock, systemClock } from './clock.js';
export type { Hardware } from './messages/messages.js';
export { type Protocol, protocolNamed, protocols } from './protocols.js';
export { runScenario } from './run-scenario.js';
export { type Scenario, scenarios } from './scenarios/scenarios.js';
export { defaultHardware, type StartOptions, startChargePoint } from './start.js';
export type { Step } from './steps/step.js';
