/**
 * How every SDK client here is made. Where they connect to is said by the environment alone (`AWS_ENDPOINT_URL_*`).
 *
 * Seven attempts back off over about 6 s: a fault of AWS that passes within 10 s is not seen by a charge point.
 */
export const clientOptions = { maxAttempts: 7 };
