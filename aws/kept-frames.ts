import {
  entryOf,
  type FrameDetail,
  frameIdOf,
  isDone,
  type KeptFrame,
  type KeptFrameRecords,
  type KeptFrames,
  type Repair,
} from '../csms/history/kept-frames.js';
import { openFor } from './history.js';
import { queryPage } from './page.js';
import { changeItem, readItem } from './versioned-item.js';

/** What the range keys of frames begin with, among the entries of other kinds. */
const prefix = 'frame#';

/** The entries of kind `frame` of HistoryTable. Those that are open are in its index `open`. */
export function dynamoKeptFrames(TableName: string): KeptFrames {
  return {
    async find(chargePointId, frameId) {
      const place = placeOf(frameId);
      const item = place === undefined ? undefined : await readItem(TableName, { chargePointId, entry: place });
      return item && frameOf(item);
    },

    async mark(chargePointId, frameId, repair, before) {
      const entry = placeOf(frameId);
      let isAsBefore = false;
      if (entry === undefined) return isAsBefore;
      await changeItem(TableName, { chargePointId, entry }, (item) => {
        const latest = item?.repair as Repair | undefined;
        isAsBefore = item !== undefined && latest?.id === before?.id && latest?.status === before?.status;
        return isAsBefore ? { ...item, repair, openFor: isDone(repair) ? undefined : openFor } : undefined;
      });
      return isAsBefore;
    },
  };
}

/** The operator's side of the same items. */
export function dynamoKeptFrameRecords(TableName: string): KeptFrameRecords {
  return {
    async open(page) {
      const found = await queryPage(
        {
          ...{ TableName, IndexName: 'open' },
          KeyConditionExpression: 'openFor = :repair',
          ExpressionAttributeValues: { ':repair': openFor },
        },
        page,
      );
      return { ...found, items: found.items.map(frameOf) };
    },

    async of(chargePointId, page) {
      const found = await queryPage(
        {
          TableName,
          KeyConditionExpression: 'chargePointId = :chargePointId AND begins_with(entry, :frame)',
          ExpressionAttributeValues: { ':chargePointId': chargePointId, ':frame': prefix },
          ScanIndexForward: false,
        },
        page,
      );
      return { ...found, items: found.items.map(frameOf) };
    },
  };
}

function placeOf(frameId: string): string | undefined {
  const entry = entryOf(frameId);
  return entry && `${prefix}${entry.at}#${entry.id}`;
}

function frameOf({ chargePointId, entry, detail, repair }: Record<string, unknown>): KeptFrame {
  const [, at = '', id = ''] = (entry as string).split('#');
  return {
    ...{ chargePointId: chargePointId as string, frameId: frameIdOf(new Date(at), id), detail: detail as FrameDetail },
    ...(repair !== undefined && { repair: repair as Repair }),
  };
}
