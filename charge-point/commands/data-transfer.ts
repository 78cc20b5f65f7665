import type { Take } from './take.js';

/** 5.6; P01: it knows no vendor's messages. */
export const dataTransfer: Take<object> = () => ({ status: 'UnknownVendorId' });
