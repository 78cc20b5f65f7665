import { beforeEach, describe, expect, it } from 'vitest';
import { apiInMemory } from '../../test/memory/api.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
});

const load = (csv: string) => world.ask('POST /id-tokens.csv', { body: csv });
const known = () => [...world.ports.idTokens.items.values()];

describe('a CSV of id tokens', () => {
  it('has its columns in any order, quotes, either end of line, a mark at its begin, and empty cells', async () => {
    const csv =
      '\uFEFFstatus,idToken,oneTransaction,expiry,cacheSeconds\n"Blocked","a ""b"", c",TRUE,,\r\n\r\n,D,,2027-01-01T00:00:00+01:00,60';
    expect((await load(csv)).body).toEqual({ imported: 2, isNew: 2 });
    expect(known()).toEqual([
      { idToken: 'A "B", C', status: 'Blocked', oneTransaction: true },
      {
        idToken: 'D',
        status: 'Accepted',
        oneTransaction: false,
        expiry: new Date('2026-12-31T23:00:00Z'),
        cacheSeconds: 60,
      },
    ]);
  });

  it('comes back as it was exported', async () => {
    await load('idToken,groupId,language\n"A,""1""",G,de\nB,,\n');
    const { text } = await world.ask('GET /id-tokens.csv');
    const before = known();
    expect((await load(text)).body).toEqual({ imported: 2, isNew: 0 });
    expect(known()).toEqual(before);
  });

  it.each([
    ['no header', 'A,B\n', 'Begin with a row of column names'],
    ['no idToken', 'status\nAccepted\n', 'Begin with a row of column names'],
    ['a column twice', 'idToken,idToken\nA,B\n', 'Begin with a row of column names'],
    ['a row that is too short', 'idToken,status\nA\n', 'Correct row 2: it has 1 cells and not 2'],
    ['a token twice', 'idToken\nA\na\n', 'Correct row 3: it is there twice'],
    ['a wrong status', 'idToken,status\nA,Perhaps\n', 'Correct row 2: it has a wrong status'],
    ['a wrong number', 'idToken,cacheSeconds\nA,soon\n', 'Correct row 2: it has a wrong cacheSeconds'],
    ['an umlaut', 'idToken\nÄ\n', 'Correct row 2: it has no idToken'],
    ['an open quote', 'idToken\n"A\n', 'Close each quote'],
    [
      'too many rows',
      `idToken\n${Array.from({ length: 2_001 }, (_, i) => `T${i}\n`).join('')}`,
      'Send at most 2000 rows',
    ],
  ])('with %s is refused as a whole', async (_, csv, detail) => {
    const { status, body } = await load(`${csv}`);
    expect([status, body.code]).toEqual([422, 'bad-body']);
    expect(body.detail).toContain(detail);
    expect(known()).toEqual([]);
  });

  it('of 2,500 tokens is exported on three pages', async () => {
    for (let i = 0; i < 2_500; i++) world.ports.idTokens.put({ idToken: `T${String(i).padStart(4, '0')}` });
    const lines: string[] = [];
    let path: string | undefined = '/id-tokens.csv';
    let pages = 0;
    while (path) {
      const { text, headers } = await world.ask(`GET ${path}`);
      lines.push(...text.trim().split('\r\n').slice(1));
      path = /<\/api\/v1([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
      pages++;
    }
    expect([pages, new Set(lines).size]).toEqual([3, 2_500]);
  });
});

describe('an id token', () => {
  it('is found in capitals and small letters, and by ~ and base64url where a path has no characters for it', async () => {
    await world.ask('PUT /id-tokens/abc', { body: {} });
    expect((await world.ask('GET /id-tokens/ABC')).body.idToken).toBe('ABC');
    const { headers, body } = await world.ask('PUT /id-tokens/~QS9C', { body: {} });
    expect([body.idToken, headers.get('location')]).toEqual(['A/B', '/api/v1/id-tokens/~QS9C']);
  });

  it.each(['~', '~QUJD', '~====', '%C3%84'])('is nothing that %s could mean', async (segment) => {
    expect(await world.ask(`GET /id-tokens/${segment}`)).toMatchObject({
      status: 400,
      body: { code: 'bad-parameter' },
    });
  });
});
