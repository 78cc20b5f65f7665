import { each } from '../each.js';
import type { HandlerContext } from '../ocpp/handler.js';
import { byComponent, merge, type VariableReport } from './merge.js';

/** So many items of the store are written at once. */
const atOnce = 8;

/** B07, N07: records what a charge point says of its variables. */
export async function recordVariables(
  reports: VariableReport[],
  { chargePointId, components }: Pick<HandlerContext, 'chargePointId' | 'components'>,
): Promise<void> {
  await each(byComponent(reports), atOnce, async ([first, ...rest]) => {
    if (first) await components.change(chargePointId, first.component, (known) => merge(known, [first, ...rest]));
  });
}
