import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  entryOf,
  type FrameDetail,
  frameIdOf,
  isDone,
  type KeptFrame,
  type KeptFrames,
  type Repair,
} from '../csms/history/kept-frames.js';
import { conditionally, dynamodb } from './dynamodb.js';
import { openFor } from './history.js';
import { readItem } from './versioned-item.js';

/** The entries of kind `frame` of HistoryTable. Those that are open are in its index `open`. */
export function dynamoKeptFrames(TableName: string): KeptFrames {
  const read = (chargePointId: string, entry: string) => readItem(TableName, { chargePointId, entry });
  return {
    async find(chargePointId, frameId) {
      const place = placeOf(frameId);
      const item = place === undefined ? undefined : await read(chargePointId, place);
      return item && frameOf(item);
    },

    async mark(chargePointId, frameId, repair, before) {
      const entry = placeOf(frameId);
      if (entry === undefined) return false;
      const isAsBefore = before ? 'repair.#id = :id AND repair.#status = :status' : 'attribute_not_exists(repair)';
      const written = await conditionally(
        dynamodb.send(
          new UpdateCommand({
            TableName,
            Key: { chargePointId, entry },
            UpdateExpression: isDone(repair)
              ? 'SET repair = :repair REMOVE openFor'
              : 'SET repair = :repair, openFor = :open',
            ConditionExpression: `attribute_exists(entry) AND ${isAsBefore}`,
            ...(before && { ExpressionAttributeNames: { '#id': 'id', '#status': 'status' } }),
            ExpressionAttributeValues: {
              ':repair': repair,
              ...(!isDone(repair) && { ':open': openFor }),
              ...(before && { ':id': before.id, ':status': before.status }),
            },
          }),
        ),
      );
      if (written) return true;
      // Its answer was lost, and the SDK, which repeated it, was told that somebody else had been faster.
      const latest = (await read(chargePointId, entry))?.repair as Repair | undefined;
      return latest?.id === repair.id && latest.status === repair.status && latest.at === repair.at;
    },
  };
}

function placeOf(frameId: string): string | undefined {
  const entry = entryOf(frameId);
  return entry && `frame#${entry.at}#${entry.id}`;
}

export function frameOf({ chargePointId, entry, detail, repair }: Record<string, unknown>): KeptFrame {
  const [, at = '', id = ''] = (entry as string).split('#');
  return {
    ...{ chargePointId: chargePointId as string, frameId: frameIdOf(new Date(at), id), detail: detail as FrameDetail },
    ...(repair !== undefined && { repair: repair as Repair }),
  };
}
