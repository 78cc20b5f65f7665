import type { HandlerContext } from '../ocpp/handler.js';
import type { PresentedToken, StoredTransaction } from '../transactions/ports.js';
import { isPresented, presentedTokens, withVerdict } from '../transactions/tokens.js';

/**
 * E05, C05: a remote start may bring a token that is in no list, made for this one transaction. Where nobody knows a token
 * that is presented, it is Accepted if the remote start that asked for the transaction brought it, in 2.x as the same type;
 * what is known against a token stays.
 */
export async function acceptSentToken(
  transaction: StoredTransaction,
  { commands, transactions }: Pick<HandlerContext, 'commands' | 'transactions'>,
): Promise<StoredTransaction> {
  const { chargePointId, transactionId, commandId } = transaction;
  const isUnknown = presentedTokens(transaction).some(({ value }) => value.authorization === 'Unknown');
  const command = isUnknown && commandId !== undefined && (await commands.find(chargePointId, commandId));
  if (!command) return transaction;
  const { idTag, idToken = { idToken: idTag } } = JSON.parse(command.payload);
  const sent: PresentedToken = { ...idToken, authorization: 'Unknown' };
  const accepted = await transactions.change(chargePointId, transactionId, (known) =>
    known && isPresented(known, sent) ? withVerdict(known, sent, 'Accepted') : undefined,
  );
  return accepted ?? transaction;
}
