import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { conditionally, dynamodb } from './dynamodb.js';
import { queryPage } from './page.js';

/** The key of a label's charge points. */
const keyOf = (namespace: string, label: string) => `/${namespace}/${label}`;

/**
 * Which charge points have a label: an item for each of both, since an index of DynamoDB has an item once. What the charge
 * point's own item says is what counts; those here are there before it says so, and go afterwards.
 */
export function dynamoLabels(TableName: string) {
  return {
    /** @param revision that the charge point's item is about to have */
    async add(chargePointId: string, namespace: string, labels: string[], revision: number): Promise<void> {
      const puts = labels.map((label) => {
        const Item = { label: keyOf(namespace, label), chargePointId, revision };
        return dynamodb.send(new PutCommand({ TableName, Item }));
      });
      await Promise.all(puts);
    },

    /** Unless somebody has added them since that revision. */
    async remove(chargePointId: string, namespace: string, labels: string[], revision: number): Promise<void> {
      const deletes = labels.map((label) =>
        conditionally(
          dynamodb.send(
            new DeleteCommand({
              TableName,
              Key: { label: keyOf(namespace, label), chargePointId },
              ConditionExpression: 'attribute_not_exists(revision) OR revision <= :revision',
              ExpressionAttributeValues: { ':revision': revision },
            }),
          ),
        ),
      );
      await Promise.all(deletes);
    },

    /** A page of those that may have a label, by name. @throws {BadCursor} */
    list(namespace: string, label: string, page: Parameters<typeof queryPage>[1]) {
      const query = {
        TableName,
        KeyConditionExpression: '#label = :label',
        ExpressionAttributeNames: { '#label': 'label' },
        ExpressionAttributeValues: { ':label': keyOf(namespace, label) },
      };
      return queryPage(query, page);
    },
  };
}
