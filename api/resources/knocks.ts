import * as z from 'zod/mini';
import { type Knocking, knockCodes } from '../../csms/knocks/ports.js';
import { authorize } from '../authenticate.js';
import { operation } from '../operation.js';
import { pageOf, pageReply, paging } from '../pages.js';
import { nothing, ofChargePoint } from '../params.js';
import { Problem } from '../problem.js';
import { register, settings, shownChargePoint } from './charge-points.js';
import { givePassword } from './passwords.js';

const shownKnock = z.object({
  chargePointId: z.string(),
  code: z.enum(knockCodes),
  firstAt: z.string(),
  lastAt: z.string(),
  times: z.number(),
  address: z.optional(z.string()),
  subprotocols: z.optional(z.string()),
  userAgent: z.optional(z.string()),
  hasCredentials: z.boolean(),
});

function shown({ at, firstAt, ...said }: Knocking): z.infer<typeof shownKnock> {
  return { ...said, firstAt: firstAt.toISOString(), lastAt: at.toISOString() };
}

/** Who knocks may say it is anything. */
const anyId = z.strictObject({ chargePointId: z.string().check(z.minLength(1), z.maxLength(128)) });

const listKnocks = operation({
  id: 'listKnocks',
  method: 'GET',
  path: '/knocks',
  summary:
    'Who was refused at the handshake for one reason, the last first; those that nobody has registered, if none is said',
  role: 'viewer',
  params: nothing,
  query: z.strictObject({ ...paging, code: z._default(z.enum(knockCodes), 'not-registered') }),
  answers: { 200: { description: 'A page of them', schema: pageOf(shownKnock) } },
  example: { query: { code: 'not-registered' }, status: 200 },
  async handle({ query: { code, ...page } }, { knockRecords }) {
    return pageReply(await knockRecords.list(code, page), shown);
  },
});

const listKnocksOfChargePoint = operation({
  id: 'listKnocksOfChargePoint',
  method: 'GET',
  path: '/charge-points/{chargePointId}/knocks',
  summary: 'Why a charge point was refused at the handshake, each reason once; it need not be registered',
  role: 'viewer',
  params: anyId,
  query: nothing,
  answers: { 200: { description: 'All of them', schema: z.object({ items: z.array(shownKnock) }) } },
  example: { params: { chargePointId: 'CP7' }, status: 200 },
  async handle({ params }, { knockRecords }) {
    return { status: 200, body: { items: (await knockRecords.of(params.chargePointId)).map(shown) } };
  },
});

const acceptKnock = operation({
  id: 'acceptKnock',
  method: 'POST',
  path: '/knocks/{chargePointId}/accept',
  summary: 'Registers a charge point that knocked; an admin may give it a password at once, which is told this once',
  role: 'operator',
  params: ofChargePoint,
  query: nothing,
  body: z.strictObject({ ...settings, password: z._default(z.boolean(), false) }),
  isSecret: true,
  answers: {
    201: {
      description: 'It may connect now',
      schema: z.extend(shownChargePoint, { password: z.optional(z.string()) }),
    },
  },
  example: { params: { chargePointId: 'CP7' }, body: { site: 'Depot North', labels: ['fast'] }, status: 201 },
  async handle({ params: { chargePointId: id }, body: { password: needsPassword, ...said }, caller }, ports) {
    if (needsPassword) authorize(caller, 'admin');
    if ((await ports.knockRecords.of(id)).length === 0 && !(await ports.chargePointRecords.read(id))?.registered) {
      throw new Problem('knock-unknown', `Look into GET /knocks, or register ${id} with POST /charge-points.`);
    }
    const { body, headers, revision } = await register(id, said, ports);
    if (!needsPassword) return { status: 201, body, headers, revision };
    const password = await givePassword(id, ports);
    return { status: 201, body: { ...body, hasPassword: true, password }, headers };
  },
});

export const knockOperations = [listKnocks, listKnocksOfChargePoint, acceptKnock];
