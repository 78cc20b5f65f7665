import { authorize as decide } from '../../id-tokens/authorize.js';
import type { Handler } from '../../ocpp/handler.js';
import { idTagInfo } from '../id-tag-info.js';

/** 4.1: somebody presented a card and wants to charge. */
export const authorize: Handler<'ocpp1.6', 'Authorize'> = async ({ idTag }, context) => ({
  idTagInfo: idTagInfo(await decide({ idToken: idTag }, context)),
});
