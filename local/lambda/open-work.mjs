// biome-ignore-all lint/plugin: a turn of the event loop is waited for, not a time.
// The timers and HTTP requests of a function, whose bundle is loaded after this: Lambda freezes those that outlive a handler.
import { createHook } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';

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
  await new Promise(setImmediate);
  return open();
}

/** @param {string} what @param {() => boolean} isOpen */
function began(what, isOpen) {
  begun.push({ what, isOpen });
  onLate?.(what);
}

// Every timer, however it is begun; not setImmediate, which is over in the turn that a handler's end is given.
createHook({
  init(_asyncId, type, _trigger, /** @type {any} */ timer) {
    if (type !== 'Timeout') return;
    // Node's own mark of a timer that is over or cleared, in whichever way. What fetch keeps alive has no reference.
    began(`a timer of ${timer._idleTimeout} ms`, () => !timer._destroyed && timer.hasRef());
  },
}).enable();

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
