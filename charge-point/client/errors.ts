/** A CALLERROR: received as the answer to a CALL, or thrown by a handler to send one. */
export class CallError extends Error {
  override readonly name = 'CallError';

  constructor(
    readonly code: string,
    readonly description = '',
    readonly details: unknown = {},
  ) {
    super(description ? `${code}: ${description}` : code);
  }
}

/** A CALL that nobody answered in time. */
export class CallTimeout extends Error {
  override readonly name = 'CallTimeout';

  constructor(
    readonly action: string,
    readonly ms: number,
  ) {
    super(`${action} was not answered within ${ms / 1000} s.`);
  }
}

/** A CALL that the charge point itself forgot: it was without power. */
export class PowerLost extends Error {
  override readonly name = 'PowerLost';
}

/** The handshake was answered with another HTTP status than 101. */
export class HandshakeRefused extends Error {
  override readonly name = 'HandshakeRefused';

  constructor(
    readonly url: string,
    readonly status: number,
  ) {
    super(`${url} was refused with HTTP status ${status}.`);
  }

  /** The charge point is unknown (404) or not let in (401, 403): trying again will not change that. */
  get final(): boolean {
    return [401, 403, 404].includes(this.status);
  }
}

/** The handshake was completed without the offered subprotocol: nothing can be said on such a socket. */
export class NoCommonProtocol extends Error {
  override readonly name = 'NoCommonProtocol';

  constructor(
    readonly url: string,
    readonly offered: string,
    cause: Error,
  ) {
    super(`${url} does not speak ${offered}.`, { cause });
  }
}

/** Nothing answered the handshake; `cause` says why. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';

  constructor(
    readonly url: string,
    override readonly cause: Error & { code?: string },
  ) {
    super(`${url} cannot be reached (${cause.code ?? cause.message}).`, { cause });
  }
}
