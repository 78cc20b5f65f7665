import { normalised } from '../id-tokens/normalised.js';

/** What a charge point was asked to start, in any version. */
export interface RemoteStart {
  commandId: string;
  idToken: string;
  /** 1.6: the connector. Missing where the charge point may choose. */
  evseId?: number;
  /** 2.x only. */
  remoteStartId?: number;
}

/** A start that was told, by 1.6 with a token and a connector, by 2.x with the remote start's own number. */
export interface ToldStart {
  idToken?: string;
  evseId?: number;
  remoteStartId?: number;
}

/** Is this the start that was asked for? */
export function isStartedBy(asked: RemoteStart, told: ToldStart): boolean {
  if (asked.remoteStartId !== undefined) return asked.remoteStartId === told.remoteStartId;
  const isToken = told.idToken !== undefined && normalised(told.idToken) === normalised(asked.idToken);
  return isToken && (asked.evseId === undefined || asked.evseId === told.evseId);
}

/** The remote start that a CALL is, whichever version it is of; undefined when it is another command. */
export function remoteStartOf(command: {
  commandId: string;
  action: string;
  payload: string;
}): RemoteStart | undefined {
  const { commandId, action } = command;
  if (action === 'RemoteStartTransaction') {
    const { idTag: idToken, connectorId: evseId } = JSON.parse(command.payload);
    return { commandId, idToken, ...(evseId !== undefined && { evseId }) };
  }
  if (action === 'RequestStartTransaction') {
    const { idToken, evseId, remoteStartId } = JSON.parse(command.payload);
    return { commandId, idToken: idToken.idToken, remoteStartId, ...(evseId !== undefined && { evseId }) };
  }
  return undefined;
}
