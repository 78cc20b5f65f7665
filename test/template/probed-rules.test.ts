import { expect, it } from 'vitest';
import type { stages } from '../stages.js';
import { compiled } from './compiled.js';
import { ofType, resolved } from './template.js';

/** The columns and conditions of a stage's rules, whatever their topics, numbers and texts are. */
async function clausesOf(stage: keyof typeof stages): Promise<Set<string>> {
  const rules = ofType(resolved(await compiled(stage)), 'AWS::IoT::TopicRule');
  return new Set(
    rules.flatMap(([, { TopicRulePayload }]) => {
      const [, select = '', where] = /^SELECT (.+) FROM '[^']+'(?: WHERE (.+))?$/s.exec(TopicRulePayload.Sql) ?? [];
      const clauses = [...select.split(/,(?![^(]*\))/), ...(where ? [`WHERE ${where}`] : [])];
      return clauses.map((clause) =>
        clause
          .trim()
          .replace(/'(\w+)'/g, "'…'")
          .replace(/\b\d+\b/g, '0'),
      );
    }),
  );
}

it.each(['dev', 'north'] as const)(
  'whatever the rules of stage %s select is selected by the rules of the probes, too',
  async (stage) => {
    const clauses = [...(await clausesOf(stage))];
    expect(clauses.length).toBeGreaterThan(10);
    const probed = await clausesOf('probes');
    expect(clauses.filter((clause) => !probed.has(clause))).toEqual([]);
  },
);
