import type { HandlerContext } from '../ocpp/handler.js';
import { normalised } from './normalised.js';
import type { AuthorizationStatus, IdToken } from './ports.js';

/** What of an unknown token a stage may decide. */
export type UnknownTokens = 'Accepted' | 'Invalid';

/** A token as a charge point presents it. */
export interface PresentedToken {
  idToken: string;
  /** 2.x only. */
  type?: string;
  /** Did a contract certificate come with it, or what identifies one (C07)? */
  hasCertificate?: boolean;
}

/** What is known of a presented token. */
export interface Authorization {
  status: AuthorizationStatus;
  groupId?: string;
  language?: string;
  /** Until when the charge point may rely on its being Accepted. */
  cacheUntil?: Date;
  /** May it be in one transaction only at a time? */
  oneTransaction?: true;
  /** Of the contract certificate, when there was one. */
  certificateStatus?: 'CertChainError';
}

/** C01, C07/4.1: may this token charge? Changes nothing. Told again, the same message gets the same answer. */
export async function authorize(
  presented: PresentedToken,
  { idTokens, stage, receivedAt }: HandlerContext,
): Promise<Authorization> {
  // C07.FR.17: nothing here can verify a contract certificate, and one that is not verified is Invalid, whoever's it is.
  if (presented.hasCertificate) return { status: 'Invalid', certificateStatus: 'CertChainError' };
  // C02: the charging station asks nobody for a token, and has none.
  if (presented.type === 'NoAuthorization') return { status: 'Accepted' };
  const idToken = normalised(presented.idToken);
  const token = idToken === undefined ? undefined : await idTokens.find(idToken);
  if (token && isOfType(token, presented.type)) return authorizationOf(token, receivedAt);
  // Who lets everybody charge does so also where a charge point reads nothing from a card.
  if (stage.unknownTokens === 'Accepted') return { status: 'Accepted' };
  return { status: idToken === undefined ? 'Invalid' : 'Unknown' };
}

/** In 2.x text and type together are the token: a key code is no card, though it may have the number of one. */
function isOfType(token: IdToken, type: string | undefined): boolean {
  return token.type === undefined || type === undefined || token.type === type;
}

/** What a token that is known may do at a time, wherever it is presented. */
export function authorizationOf(
  { status, expiry, groupId, language, cacheSeconds, oneTransaction }: IdToken,
  at: Date,
): Authorization {
  const common = {
    ...(groupId && { groupId }),
    ...(language && { language }),
    ...(oneTransaction && { oneTransaction }),
  };
  if (status !== 'Accepted') return { status, ...common };
  if (expiry && expiry <= at) return { status: 'Expired', ...common };
  const cacheUntil = earlier(expiry, after(at, cacheSeconds));
  return { status, ...common, ...(cacheUntil && { cacheUntil }) };
}

function earlier(a: Date | undefined, b: Date | undefined): Date | undefined {
  if (!a || !b) return a ?? b;
  return a < b ? a : b;
}

/** @param seconds undefined: never */
function after(at: Date, seconds: number | undefined): Date | undefined {
  return seconds === undefined ? undefined : new Date(at.getTime() + seconds * 1_000);
}
