import { describe, expect, it } from 'vitest';
import { parseVariableKey, type VariableAttribute, variableKeyOf } from './variable-key.js';

describe('the key of a variable', () => {
  it.each<[string, VariableAttribute]>([
    [
      'OCPPCommCtrlr/HeartbeatInterval',
      { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } },
    ],
    [
      'EVSE@1/Power#MaxSet',
      { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' }, attributeType: 'MaxSet' },
    ],
    [
      'Connector(left)@2.1/Limit(day)#Target',
      {
        component: { name: 'Connector', instance: 'left', evse: { id: 2, connectorId: 1 } },
        variable: { name: 'Limit', instance: 'day' },
        attributeType: 'Target',
      },
    ],
    ['A%2FB%28c%29(50%25%40)/x%23', { component: { name: 'A/B(c)', instance: '50%@' }, variable: { name: 'x#' } }],
    [
      'Zähler 1.a@0/a*b=c:d+e|f',
      { component: { name: 'Zähler 1.a', evse: { id: 0 } }, variable: { name: 'a*b=c:d+e|f' } },
    ],
  ])('%s is read, and spelled again', (key, variable) => {
    expect(parseVariableKey(key)).toEqual(variable);
    expect(variableKeyOf(variable)).toBe(key);
  });

  it.each([
    ['HeartbeatInterval', 'It is not spelled Component'],
    ['/HeartbeatInterval', 'It is not spelled Component'],
    ['A/', 'It is not spelled Component'],
    ['A/B/C', 'It is not spelled Component'],
    ['A()/B', 'It is not spelled Component'],
    ['A@x/B', 'It is not spelled Component'],
    ['A@1.2.3/B', 'It is not spelled Component'],
    ['A/B@1', 'It is not spelled Component'],
    ['A/B#Actual', 'It is not spelled Component'],
    ['A/B#target', 'It is not spelled Component'],
    ['A@01/B', 'It is to be spelled A@1/B.'],
    ['%41/B', 'It is to be spelled A/B.'],
    ['a%2fb/B', 'It is to be spelled a%2Fb/B.'],
    ['50%/B', 'It has a % that stands for nothing'],
  ])('%s is none', (key, why) => {
    expect(parseVariableKey(key)).toContain(why);
  });
});
