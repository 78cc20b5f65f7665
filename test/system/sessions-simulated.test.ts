import { expect, it } from 'vitest';
import { scenarios, startChargePoint } from '../../charge-point/index.js';
import { recordsOf } from './sessions.js';
import { chargePointClock, testSystem } from './system.js';

const csms = testSystem();

const all = (['session', 'offline-replay', 'power-loss'] as const).flatMap((name) =>
  (['ocpp1.6', 'ocpp2.0.1'] as const).map((protocol) => [name, protocol] as const),
);
/** Wh, in whole ones as the meter shows them. */
const energies = { session: 183, 'offline-replay': 183, 'power-loss': 92 };

it.each(all)('npm run simulate -- --scenario %s, in %s', async (name, protocol) => {
  const { token, transaction, transactionIds } = recordsOf(csms);
  const identity = await csms.thing();
  const idToken = await token();
  const clock = chargePointClock(csms.system);
  await csms.over(
    startChargePoint({ url: csms.url, identity, protocol, idToken, scenario: scenarios[name], clock, random: () => 0 }),
  );
  const [transactionId, ...others] = await transactionIds(identity);
  expect(others).toEqual([]);
  expect(await transaction(identity, transactionId)).toMatchObject({
    energy: energies[name],
    idToken: { value: { idToken, authorization: 'Accepted' } },
    ended: { value: { reason: name === 'power-loss' ? 'PowerLoss' : 'Local' } },
  });
});
