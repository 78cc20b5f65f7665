export type Payload = Record<string, unknown>;

/** What the CSMS can say to a charge point. SEND is a CALL of OCPP 2.1 that is never answered. */
export type Frame =
  | { type: 'CALL' | 'SEND'; id: string; action: string; payload: Payload }
  | { type: 'CALLRESULT'; id: string; payload: Payload }
  | { type: 'CALLERROR'; id: string; code: string; description: string; details: unknown };

/** Reads an OCPP-J frame; undefined for what is none. The payload is taken as it is: it is the CSMS that is tested. */
export function readFrame(text: string): Frame | undefined {
  const frame = parse(text);
  if (!Array.isArray(frame)) return undefined;
  const [type, id, third, fourth, details = {}] = frame;
  if (typeof id !== 'string') return undefined;
  if (type === 3 && isPayload(third)) return { type: 'CALLRESULT', id, payload: third };
  if (typeof third !== 'string') return undefined;
  if (type === 4) return { type: 'CALLERROR', id, code: third, description: String(fourth ?? ''), details };
  if (!isPayload(fourth)) return undefined;
  if (type === 2) return { type: 'CALL', id, action: third, payload: fourth };
  if (type === 6) return { type: 'SEND', id, action: third, payload: fourth };
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON, so no frame
  }
}

function isPayload(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
