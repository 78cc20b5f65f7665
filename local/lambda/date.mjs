// biome-ignore-all lint/plugin: what is patched here is what functions would ask.
// The account's time for a function, whose bundle is loaded after this.
import { workerData } from 'node:worker_threads';

const machine = Date.now;
export const now = () => machine() + Number(Atomics.load(workerData.skew, 0));
Date.now = now;

globalThis.Date = new Proxy(Date, {
  apply: (date) => new date(now()).toString(),
  construct: (date, given, newTarget) => Reflect.construct(date, given.length > 0 ? given : [now()], newTarget),
});
Date.prototype.constructor = Date;
