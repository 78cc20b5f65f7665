import { streamValues } from '../../device-model/event-stream.js';
import { dateTime } from '../../ocpp/date-time.js';
import type { Handler } from '../../ocpp/handler.js';

/** N15: values of a stream, which are kept, the newest in the device model as well; a SEND, which nothing answers. */
export const notifyPeriodicEventStream: Handler<'ocpp2.1', 'NotifyPeriodicEventStream'> = async (
  { id, basetime, data },
  context,
) => {
  const base = dateTime(basetime).getTime();
  const values = data.map(({ t, v }) => ({ at: new Date(base + t * 1_000), value: v }));
  await streamValues({ streamId: id, values }, context);
};
