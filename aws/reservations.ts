import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Reservation, Reservations } from '../csms/reservations/ports.js';
import { dueAt, keptUntil } from '../csms/reservations/state.js';
import { dueKeys } from './due.js';
import { dynamodb } from './dynamodb.js';
import { expiryAt } from './expiry.js';
import { changeItem, readItem } from './versioned-item.js';

/** In the index of what is due, those that are active. */
const dueFor = 'expiry';

/** One item per reservation, below its charge point. Those that are active are in the index `due`. */
export function dynamoReservations(TableName: string): Reservations {
  return {
    async find(chargePointId, reservationId) {
      const item = await readItem(TableName, { chargePointId, reservationId });
      return item && reservationOf(item);
    },

    async list(chargePointId) {
      const pages = paginateQuery(
        { client: dynamodb },
        {
          TableName,
          KeyConditionExpression: 'chargePointId = :chargePointId',
          ExpressionAttributeValues: { ':chargePointId': chargePointId },
          ConsistentRead: true,
        },
      );
      const all: Reservation[] = [];
      for await (const { Items = [] } of pages) all.push(...Items.map(reservationOf));
      return all;
    },

    async due(now, limit) {
      const keys = await dueKeys(TableName, dueFor, now, limit);
      return keys as Pick<Reservation, 'chargePointId' | 'reservationId'>[];
    },

    async change(chargePointId, reservationId, transition) {
      let reservation: Reservation | undefined;
      await changeItem(TableName, { chargePointId, reservationId }, (item) => {
        const before = item && reservationOf(item);
        const after = transition(before);
        reservation = after ?? before;
        return after && attributesOf(after);
      });
      return reservation;
    },
  };
}

function attributesOf(known: Reservation): Record<string, unknown> {
  const { chargePointId: _, reservationId: __, ...reservation } = known;
  const due = dueAt(known);
  return {
    reservation,
    expires: expiryAt(keptUntil(known)),
    // Only while it is active is it in the index.
    ...(due && { dueFor, dueAt: due }),
  };
}

function reservationOf({ chargePointId, reservationId, reservation }: Record<string, unknown>): Reservation {
  return { chargePointId, reservationId, ...(reservation as object) } as Reservation;
}
