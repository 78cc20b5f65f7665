import type { MeterValueType } from '../../schemas/generated/ocpp2.1/types.js';
import type { MeterValue, SampledValue } from '../meter-values/ports.js';
import { sampledValue } from '../meter-values/sampled-value.js';
import { dateTime } from '../ocpp/date-time.js';

/** J: what 2.x says of a meter, in the domain's words. */
export function meterValue({ timestamp, sampledValue: sent }: MeterValueType): MeterValue {
  return {
    at: dateTime(timestamp).toISOString(),
    sampledValues: sent.map(({ value, measurand, context, location, phase, unitOfMeasure, signedMeterValue }) =>
      sampledValue({
        ...{ value, measurand, context, location, phase },
        unit: unitOfMeasure?.unit,
        multiplier: unitOfMeasure?.multiplier,
        ...(signedMeterValue && { signed: signed(signedMeterValue) }),
      }),
    ),
  };
}

function signed({
  signedMeterData,
  signingMethod,
  encodingMethod,
  publicKey,
}: NonNullable<MeterValueType['sampledValue'][number]['signedMeterValue']>): NonNullable<SampledValue['signed']> {
  return {
    signedMeterData,
    encodingMethod,
    ...(signingMethod && { signingMethod }),
    ...(publicKey && { publicKey }),
  };
}
