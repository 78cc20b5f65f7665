import type { Play } from './step.js';

export const goOffline: Play<'go offline'> = async (_step, run) => {
  run.isOffline = true;
  run.chargePoint.goOffline();
};

export const goOnline: Play<'go online'> = async (_step, run) => {
  run.isOffline = false;
  run.chargePoint.goOnline();
};

/** A boot has to follow: until it is accepted, nothing that waits is sent. */
export const losePower: Play<'lose power'> = async ({ seconds }, { chargePoint, gate }) => {
  gate.close();
  chargePoint.losePower();
  await chargePoint.clock.wait(seconds * 1000, chargePoint.signal);
  chargePoint.goOnline();
};
