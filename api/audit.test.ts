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

describe('an import of id tokens is written down with how many they are, and which', () => {
  const imported = async (body: string) => {
    const world = await apiInMemory();
    const headers = { 'content-type': 'text/csv' };
    await world.ask('POST /id-tokens.csv', { who: 'operator', body, headers });
    return [...world.ports.audit.entries.values()][0];
  };

  it('in words of their own, not as the text', async () => {
    const entry = await imported('status,idToken\nBlocked,"04a2"\nAccepted,B5\n');
    expect(JSON.parse(entry?.body ?? '')).toEqual({ count: 2, idTokens: ['04A2', 'B5'] });
  });

  it('as many as there is room for', async () => {
    const rows = Array.from({ length: 2_000 }, (_, i) => `TOKEN-${String(i).padStart(12, '0')}`);
    const entry = await imported(['idToken', ...rows].join('\n'));
    const { count, idTokens, isCut } = JSON.parse(entry?.body ?? '');
    expect([count, idTokens, isCut]).toEqual([2_000, rows.slice(0, idTokens.length), true]);
    expect(idTokens.length).toBeGreaterThan(50);
  });

  it('one that is refused is as it was sent', async () => {
    expect(await imported('idToken,none\nA,B\n')).toMatchObject({ body: 'idToken,none\nA,B\n', status: 422 });
  });
});
