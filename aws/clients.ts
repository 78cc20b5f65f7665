/**
 * How every SDK client here is made. Where they connect to is said by the environment alone (`AWS_ENDPOINT_URL_*`).
 *
 * Seven attempts back off over about 6 s, so that a short fault of AWS is not seen by a charge point; none waits for long.
 */
export const clientOptions = {
  maxAttempts: 7,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
};
