import type { Command, CommandPorts } from '../commands/ports.js';
import type { Action, CsmsPorts, Requests, Responses } from './handler.js';
import type { Protocol } from './protocol.js';

export type EffectPorts = CommandPorts &
  Omit<CsmsPorts, 'stage'> & { stage: CommandPorts['stage'] & CsmsPorts['stage'] };

/** A command and its answer, both valid. */
export interface Answered<Request, Response> {
  request: Request;
  response: Response;
  command: Command;
  /** When it was answered. */
  at: Date;
}

/** The ports, and whose command it was. */
export type EffectContext = EffectPorts & { chargePointId: string; protocol: Protocol };

type Effecting<Request, Response> = (answered: Answered<Request, Response>, context: EffectContext) => Promise<void>;

type Effects = { [P in Protocol]: { [A in Action<P>]: Effecting<Requests[P][A], Responses[P][A]> } };

/** What an answered command leaves in the domain, whether it was accepted or not. Told again it leaves the same. */
export type Effect<P extends Protocol, A extends Action<P>> = Effects[P][A];

/** An effect of any command, for whoever has validated both its payloads. */
export type AnyEffect = Effecting<never, never>;

/** In a version's commands: sent, and answered, and that is all. */
export const noEffect = 'noEffect';
