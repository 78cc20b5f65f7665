// biome-ignore-all lint/plugin: what is patched here is what functions would ask.
// The timers and HTTP requests of a function, whose bundle is loaded after this: Lambda freezes those that outlive a handler.
import { subscribe } from 'node:diagnostics_channel';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import promises from 'node:timers/promises';

/** @type {{ what: string, isOpen: () => boolean }[]} */
let begun = [];
/** @type {((what: string) => void) | undefined} */
let onLate;

/** What an event begins is its own from now on. */
export function thaw() {
  begun = [];
  onLate = undefined;
}

/** @param {(what: string) => void} tell what begins from now on, when there is no event that could have begun it */
export function freeze(tell) {
  onLate = tell;
}

/** @returns {Promise<string[]>} what began and is not done, now that the handler is */
export async function leftOpen() {
  const open = () =>
    begun
      .filter(({ isOpen }) => isOpen())
      .map(({ what }) => what)
      // Requests come before the timers that watch over them.
      .sort();
  // What was waited for is done when everybody who waited has been told.
  await new Promise((resolve) => process.nextTick(resolve));
  if (open().length > 0) return open();
  // What nobody waits for may begin a little later.
  await turn();
  return open();
}

/** @param {string} what @param {() => boolean} isOpen */
function began(what, isOpen) {
  begun.push({ what, isOpen });
  onLate?.(what);
}

/** @template T @param {string} what @param {Promise<T>} promise */
function settling(what, promise) {
  let isOpen = true;
  const end = () => {
    isOpen = false;
  };
  promise.then(end, end);
  began(what, () => isOpen);
  return promise;
}

// Not setImmediate: it is over in the turn that a handler's end is given.
for (const name of /** @type {const} */ (['setTimeout', 'setInterval'])) {
  /** @type {(...given: unknown[]) => { _destroyed: boolean, hasRef(): boolean }} */
  const start = /** @type {any} */ (timers[name]);
  const watched = (/** @type {unknown[]} */ ...given) => {
    const timer = start(...given);
    // Node's own mark of a timer that is over or cleared, in whichever way. What fetch keeps alive has no reference.
    began(`a timer of ${given[1] ?? 1} ms`, () => !timer._destroyed && timer.hasRef());
    return timer;
  };
  Object.defineProperties(watched, Object.getOwnPropertyDescriptors(start));
  Object.assign(timers, { [name]: watched });
  Object.assign(globalThis, { [name]: watched });
}

const { setTimeout: wait, setImmediate: turn, setInterval: every } = promises;
Object.assign(promises, {
  setTimeout: (/** @type {Parameters<typeof wait>} */ ...given) =>
    settling(`a timer of ${given[0] ?? 1} ms`, wait(...given)),
  async *setInterval(/** @type {Parameters<typeof every>} */ ...given) {
    let isOpen = true;
    began(`a timer of ${given[0] ?? 1} ms`, () => isOpen);
    try {
      yield* every(...given);
    } finally {
      isOpen = false;
    }
  },
});
promises.scheduler.wait = (ms, options) => promises.setTimeout(ms, undefined, options);
syncBuiltinESMExports();

subscribe('http.client.request.start', (message) => {
  const { request } =
    /** @type {{ request: import('node:http').ClientRequest & { res?: import('node:http').IncomingMessage } }} */ (
      message
    );
  const url = `${request.protocol}//${request.getHeader('host')}${request.path}`;
  began(`a request to ${url}`, () => !request.destroyed && !request.res?.complete);
});

/** @typedef {{ request: { origin: string, path: string } }} Fetch */
const fetching = new Set();
subscribe('undici:request:create', (message) => {
  const { request } = /** @type {Fetch} */ (message);
  fetching.add(request);
  began(`a request to ${request.origin}${request.path}`, () => fetching.has(request));
});
for (const end of ['undici:request:trailers', 'undici:request:error']) {
  subscribe(end, (message) => fetching.delete(/** @type {Fetch} */ (message).request));
}
