import type { Memory } from './index.js';

/** All that the stores of what charge points say hold, in an order that does not depend on who came first. */
export function everythingIn(memory: Memory) {
  const { chargePoints, commands, components, connectors, history, idTokens, inventory, jobs } = memory;
  const { meterValues, reservations, shadows, slots, transactions } = memory;
  return structuredClone({
    chargePoints: inOrder(chargePoints.items),
    commands: inOrder(commands.items),
    triggered: inOrder(commands.triggered),
    components: inOrder(components.items),
    connectors: inOrder(connectors.states),
    history: inOrder(history.entries),
    holders: inOrder(idTokens.holders),
    idTokens: inOrder(idTokens.items),
    inventory: inOrder(inventory.items),
    jobs: inOrder(jobs.items),
    meterValues: inOrder(meterValues.items),
    reservations: inOrder(reservations.items),
    shadows: inOrder(shadows.reported),
    slots: inOrder(slots.held),
    transactions: inOrder(transactions.items),
  });
}

function inOrder<V>(items: ReadonlyMap<string, V>): [string, V][] {
  return [...items].sort(([a], [b]) => (a < b ? -1 : 1));
}
