/**
 * Takes a rule's statement apart as text, since it may hold variables of the template: `SELECT … FROM '…' WHERE …`.
 *
 * @returns each statement with one clause less or another, and what became of which
 */
export function otherStatements(sql: string): [what: string, sql: string][] {
  const [, select = '', from = '', where = ''] = /^SELECT (.+) FROM '([^']+)'(.*)$/s.exec(sql) ?? [];
  const columns = select.split(/,(?![^(]*\))\s*/);
  const statement = (selected: string[]) => `SELECT ${selected.join(', ')} FROM '${from}'${where}`;
  const at = (index: number, column?: string) =>
    statement(columns.flatMap((each, other) => (other === index ? (column ?? []) : each)));
  return [
    ...columns.flatMap((column, index): [string, string][] => [
      [`without ${column}`, at(index)],
      [`with ${column}X`, at(index, `${column}X`)],
      ...[...column.matchAll(/'(\w+)'|(\d+)/g)].map(({ 0: literal, index: start }): [string, string] => {
        const other = literal.startsWith("'") ? "'other'" : `${Number(literal) + 1}`;
        const replaced = column.slice(0, start) + other + column.slice(start + literal.length);
        return [`with ${replaced}`, at(index, replaced)];
      }),
    ]),
    ["without FROM '…'", `SELECT ${select}${where}`],
    ["with FROM 'other/…'", sql.replace(`FROM '${from}'`, `FROM 'other/${from}'`)],
    ["with FROM '…/other'", sql.replace(`FROM '${from}'`, `FROM '${from}/other'`)],
    ["with FROM '#'", sql.replace(`FROM '${from}'`, "FROM '#'")],
    ...(where ? ([['without WHERE', `SELECT ${select} FROM '${from}'`]] as [string, string][]) : []),
  ];
}
