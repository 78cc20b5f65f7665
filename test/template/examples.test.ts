import { expect, it } from 'vitest';
import { compiled } from './compiled.js';
import { iamFaults } from './iam.js';
import { intrinsicFaults } from './intrinsics.js';
import { limitFaults } from './limits.js';
import { referenceFaults } from './references.js';
import { schemaFaults } from './schema.js';
import { resolved } from './template.js';

it.each(['withHeartbeatRule', 'withOwnAnswer', 'withPeople'] as const)(
  'a stack %s is one that AWS would deploy, as far as its schemas and limits say',
  async (stage) => {
    const template = await compiled(stage);
    const plain = resolved(template);
    expect([...intrinsicFaults(template), ...schemaFaults(template), ...referenceFaults(template)]).toEqual([]);
    expect([...limitFaults(plain), ...(await iamFaults(plain))]).toEqual([]);
  },
);
