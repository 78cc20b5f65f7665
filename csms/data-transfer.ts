import type { HandlerContext } from './ocpp/handler.js';

/** An event may be of 128 KB; this leaves room for what else is in it. In bytes of JSON. */
const largestData = 124 * 1024;

/** P02: a vendor's own message. No vendor is known here, so it is told for whoever knows him, and nothing is kept. */
export async function dataTransfer(
  { data, ...told }: { vendorId: string; messageId?: string; data?: unknown },
  { chargePointId, receivedAt, events }: HandlerContext,
): Promise<{ status: 'UnknownVendorId' }> {
  const fits = Buffer.byteLength(JSON.stringify(data) ?? '') <= largestData;
  await events.emit(chargePointId, 'data-transfer', receivedAt.toISOString(), {
    ...told,
    ...(fits ? data !== undefined && { data } : { dataIsTooLarge: true }),
  });
  return { status: 'UnknownVendorId' };
}
