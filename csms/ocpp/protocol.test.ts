import { describe, expect, it } from 'vitest';
import { negotiate } from './protocol.js';

describe('the subprotocol of a handshake', () => {
  it.each([
    ['ocpp1.6', 'ocpp1.6', 'ocpp1.6'],
    ['ocpp2.0.1', 'ocpp2.0.1', 'ocpp2.0.1'],
    ['ocpp2.1', 'ocpp2.1', 'ocpp2.1'],
    ['ocpp1.6,ocpp2.0.1', 'ocpp1.6', 'ocpp1.6'],
    ['ocpp2.0.1, ocpp1.6', 'ocpp2.0.1', 'ocpp2.0.1'],
    ['ocpp9.9, ocpp2.1', 'ocpp2.1', 'ocpp2.1'],
    ['  ocpp1.6\t', 'ocpp1.6', 'ocpp1.6'],
    [',,ocpp1.6', 'ocpp1.6', 'ocpp1.6'],
  ])('offered %j is %s, the first that is spoken here', (header, subprotocol, protocol) => {
    expect(negotiate(header)).toEqual({ subprotocol, protocol });
  });

  it('ocpp2.0 is answered as offered, and served as 2.0.1', () => {
    expect(negotiate('ocpp2.0')).toEqual({ subprotocol: 'ocpp2.0', protocol: 'ocpp2.0.1' });
  });

  it.each([undefined, '', ',', 'ocpp1.5', 'OCPP1.6', 'ocpp1.6 ocpp2.1', 'constructor', '__proto__', 'toString'])(
    'offered %j is none',
    (header) => {
      expect(negotiate(header)).toBeUndefined();
    },
  );
});
