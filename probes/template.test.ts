import { expect, it } from 'vitest';
import { compiled } from '../test/template/compiled.js';
import { iamFaults } from '../test/template/iam.js';
import { intrinsicFaults } from '../test/template/intrinsics.js';
import { limitFaults } from '../test/template/limits.js';
import { referenceFaults } from '../test/template/references.js';
import { relationFaults } from '../test/template/relations.js';
import { schemaFaults } from '../test/template/schema.js';
import { resolved } from '../test/template/template.js';

it('the stack of the probes is one that AWS would deploy, as far as its schemas and limits say', async () => {
  const template = await compiled('probes');
  expect([...intrinsicFaults(template), ...schemaFaults(template), ...referenceFaults(template)]).toEqual([]);
  const plain = resolved(template);
  const faults = [...limitFaults(plain), ...relationFaults(plain), ...(await iamFaults(plain))];
  // AWS does not mind that they share one, nor that one is for whoever tries the probes.
  const ours = /is to be one function's role|ListenerRole trusts the whole account/;
  expect(faults.filter((fault) => !ours.test(fault))).toEqual([]);
});
