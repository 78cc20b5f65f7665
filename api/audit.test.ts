import { describe, expect, it } from 'vitest';
import { apiInMemory, furnish } from '../test/memory/api.js';
import { isChange } from './operation.js';
import { operations } from './operations.js';

describe('the audit trail has each change that the API makes', () => {
  it.each(operations.filter(isChange).map((one) => [one.id, one] as const))(
    '%s',
    async (_, { method, path, role, example }) => {
      const world = await apiInMemory();
      await furnish(world);
      const { params = {}, query = {}, body, headers = {}, status } = example;
      const filled = path.replace(/\{(\w+)\}/g, (__, name: string) => params[name] ?? '');
      const who = role === 'anyone' ? 'nobody' : role;
      const asked = `${method} ${filled}?${new URLSearchParams(query)}`;
      await world.ask(asked, { who, headers, ...(body !== undefined && { body }) });
      const entries = [...world.ports.audit.entries.values()];
      const about = filled.split('/').slice(1, 3).join('/');
      expect(entries).toMatchObject([{ method, path: filled, about, role, byName: role, status }]);
      expect(entries[0]?.by).toMatch(/^token:/);
    },
  );
});
