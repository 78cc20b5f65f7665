// The account's time for a function, whose bundle is loaded after this.
import { workerData } from 'node:worker_threads';

const machine = Date.now;
Date.now = () => machine() + Number(Atomics.load(workerData.skew, 0));

globalThis.Date = new Proxy(Date, {
  apply: (date) => new date(date.now()).toString(),
  construct: (date, given, newTarget) => Reflect.construct(date, given.length > 0 ? given : [date.now()], newTarget),
});
Date.prototype.constructor = Date;
