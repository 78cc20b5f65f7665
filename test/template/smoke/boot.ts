/** The payload of a BootNotification of 2.x. */
export const boot = { reason: 'PowerUp', chargingStation: { model: 'Wallbox', vendorName: 'Acme' } };
