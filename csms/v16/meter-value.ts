import type { Requests } from '../../schemas/generated/ocpp1.6/types.js';
import type { MeterValue } from '../meter-values/ports.js';
import { sampledValue } from '../meter-values/sampled-value.js';
import { dateTime } from '../ocpp/date-time.js';

/** 7.31: what 1.6 says of a meter, in the domain's words. What is signed is hexadecimal text in place of the number. */
export function meterValue({
  timestamp,
  sampledValue: sent,
}: Requests['MeterValues']['meterValue'][number]): MeterValue {
  return {
    at: dateTime(timestamp).toISOString(),
    sampledValues: sent.map(({ value, format, measurand, context, location, phase, unit }) => {
      const isSigned = format === 'SignedData';
      return sampledValue({
        ...{ measurand, context, location, phase, unit },
        ...(isSigned ? { value: '', signed: { signedMeterData: value } } : { value }),
      });
    }),
  };
}
