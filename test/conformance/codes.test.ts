import { describe, expect, it } from 'vitest';
import { answer } from '../../csms/answer.js';
import { type ErrorCode, OcppError } from '../../csms/ocpp/errors.js';
import { type Protocol, protocols } from '../../csms/ocpp/protocol.js';
import { routes } from '../../csms/ocpp/routes.js';
import { validateCommand, validateOutcome, validateRequest } from '../../csms/ocpp/validate.js';
import { sample } from '../../scripts/generate-ocpp/samples.mjs';
import { everythingIn } from '../memory/everything.js';
import { inMemory, type Memory } from '../memory/index.js';
import { type Fault, faults } from './faults.js';
import { messages } from './messages.js';
import { vectors } from './vectors.js';

/** What the charge point hears. */
async function heard(text: string, protocol: Protocol): Promise<string | undefined> {
  const memory = inMemory();
  const context = { ...memory, chargePointId: 'CP1', connectionId: 'c1', protocol, receivedAt: memory.clock.now() };
  return answer(text, context);
}

describe('a frame is answered as the specification says', () => {
  it.each(vectors)('%s: %s, %s → %s %s', async (protocol, _what, text, expected, path) => {
    const [type, , code, description, details] = JSON.parse((await heard(text, protocol)) ?? '[]');
    expect(type === 4 ? code : type === 3 ? 'CALLRESULT' : 'silence').toBe(expected);
    if (path === undefined) return;
    expect(details.path).toBe(path);
    expect(description).toContain(path.slice(1).replaceAll('/', '.'));
    expect(description.length).toBeLessThanOrEqual(255);
  });
});

/** The code and the place of what a validator throws. */
const verdict = (validating: Promise<unknown>) =>
  validating.then(
    () => 'valid',
    (error) => (error instanceof OcppError ? `${error.code} ${error.details.path ?? ''}` : String(error)),
  );
const codes: Record<Fault, ErrorCode> = {
  missing: 'OccurrenceConstraintViolation',
  count: 'OccurrenceConstraintViolation',
  type: 'TypeConstraintViolation',
  value: 'PropertyConstraintViolation',
  unknown: 'FormatViolation',
};

describe.each(protocols)('%s', (protocol) => {
  it('each fault of each request has its code, from the charge point and from us', async () => {
    let broken = 0;
    for (const [action, validators] of Object.entries(messages[protocol])) {
      const { schema } = validators().request;
      for (const { fault, path, payload } of faults(schema, sample(schema, true))) {
        const expected = `${codes[fault]} ${path}`;
        const found = await verdict(validateRequest(protocol, action, payload));
        const ours = await verdict(validateCommand(protocol, action, payload));
        if (found !== expected || ours !== expected) {
          expect([action, payload, found, ours]).toEqual([action, payload, expected, expected]);
        }
        broken++;
      }
    }
    expect(broken).toBeGreaterThan(protocol === 'ocpp1.6' ? 400 : 1_500);
  });

  it('each fault of each answer of a charge point has its code', async () => {
    for (const [action, validators] of Object.entries(messages[protocol])) {
      const { schema } = validators().response;
      if (schema.type === 'never') continue;
      for (const { fault, path, payload } of faults(schema, sample(schema, true))) {
        const expected = `${codes[fault]} ${path}`;
        const found = await verdict(validateOutcome(protocol, action, payload));
        if (found !== expected) expect([action, payload, found]).toEqual([action, payload, expected]);
      }
    }
  });

  it('what the version does not know is neither sent nor expected', async () => {
    expect(await verdict(validateCommand(protocol, 'Invented', {}))).toBe('NotImplemented ');
    expect(await verdict(validateOutcome(protocol, 'constructor', {}))).toBe('NotImplemented ');
  });

  it('what each action asks for at least, and all that it allows, is valid', async () => {
    for (const [action, validators] of Object.entries(messages[protocol])) {
      const { request, response } = validators();
      for (const full of [true, false]) {
        expect(await verdict(validateCommand(protocol, action, sample(request.schema, full)))).toBe('valid');
        if (response.schema.type === 'never') continue;
        expect(await verdict(validateOutcome(protocol, action, sample(response.schema, full)))).toBe('valid');
      }
    }
  });

  // Thousands of messages, the largest that there are.
  it('no fault of what a charge point may send changes anything', { timeout: 60_000 }, async () => {
    const memory = inMemory();
    const before = JSON.stringify(state(memory));
    const context = { ...memory, chargePointId: 'CP1', connectionId: 'c1', protocol, receivedAt: memory.clock.now() };
    for (const action of Object.keys(routes[protocol])) {
      const schema = messages[protocol][action]?.().request.schema ?? expect.fail(action);
      for (const { payload } of faults(schema, sample(schema, true))) {
        const reply = await answer(JSON.stringify([2, 'm1', action, payload]), context);
        expect(JSON.parse(reply ?? '[]')[0]).toBe(4);
      }
    }
    expect(JSON.stringify(state(memory))).toBe(before);
  });
});

/** What is kept, whichever the port; what tells of the fault itself is not of it. */
function state(memory: Memory) {
  const { history, ...stores } = everythingIn(memory);
  const told = memory.events.emitted.filter(({ name }) => name !== 'protocol-deviation' && name !== 'frame-kept');
  // That it was refused is kept.
  const refusals = ['frame', 'frame-refused', 'protocol-deviation'];
  return [stores, history.filter(([, { kind }]) => !refusals.includes(kind)), told];
}
