import { readFileSync } from 'node:fs';
import { ofType, type Template } from './template.js';

interface Index {
  IndexName: string;
  KeySchema: { AttributeName: string }[];
}

/** `| ConnectorsTable | chargePointId, connector | | |` of the docs → its id and cells, without their marks. */
const documented = new Map(
  readFileSync(new URL('../../docs/tables.md', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => /^\| \w+Table \|/.test(line))
    .map((line) => {
      const [, id = '', ...cells] = line.split('|').map((cell) => cell.replaceAll('`', '').trim());
      return [id, cells.slice(0, 3).join(' | ')];
    }),
);

/** Holds the keys of a resolved template's tables and indexes against those in the docs. Returns a sentence for each fault. */
export function keyFaults(template: Template): string[] {
  const tables = ofType(template, 'AWS::DynamoDB::Table');
  return [
    ...tables.flatMap(([id, { KeySchema, LocalSecondaryIndexes = [], GlobalSecondaryIndexes = [] }]) => {
      const keys = [keyOf(KeySchema), indexesOf(LocalSecondaryIndexes), indexesOf(GlobalSecondaryIndexes)].join(' | ');
      const expected = documented.get(id);
      return keys === expected ? [] : [`${id} has the keys ${keys}, in docs/tables.md ${expected}`];
    }),
    ...[...documented.keys()]
      .filter((id) => !tables.some(([other]) => other === id))
      .map((id) => `${id} is in docs/tables.md only`),
  ];
}

const keyOf = (schema: Index['KeySchema']) => schema.map(({ AttributeName }) => AttributeName).join(', ');
const indexesOf = (indexes: Index[]) =>
  indexes.map(({ IndexName, KeySchema }) => `${IndexName}: ${keyOf(KeySchema)}`).join('; ');
