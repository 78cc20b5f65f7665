import { type ViewerFunction, viewerFunction } from '../../local/edge-function.js';
import { memo } from './memo.js';
import type { Resource } from './template.js';

/** What the functions of the edge are told of the time. */
export const now = Date.UTC(2026, 4, 1);

const loaded = memo((properties: NonNullable<Resource['Properties']>) =>
  viewerFunction({ logicalId: '', type: '', ref: '', attributes: {}, properties }, { now: () => now }),
);

/** Asks a CloudFront Function, by its properties, what becomes of a request. @throws what it does */
export const ask = (properties: Resource['Properties'] = {}, request: object): ReturnType<ViewerFunction> =>
  loaded(properties)({ viewer: { ip: '192.0.2.1' }, request });
