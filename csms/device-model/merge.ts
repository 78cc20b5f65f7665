import { isDeepStrictEqual } from 'node:util';
import { componentPath, variablePath } from './path.js';
import type {
  Attribute,
  Characteristics,
  Component,
  ComponentKey,
  Told,
  Traits,
  Variable,
  VariableKey,
} from './ports.js';

/** What a charge point says of one variable. */
export interface VariableReport {
  component: ComponentKey;
  variable: VariableKey;
  attributes: { type: string; value?: string; traits?: Traits }[];
  characteristics?: Characteristics;
  told: Told;
}

/**
 * Of each value, its traits and the characteristics the newest wins, whichever message told it.
 *
 * @param reports of one component, of those of the same time the later one last
 * @returns the component with what is new; undefined when nothing is
 */
export function merge(component: Component | undefined, reports: VariableReport[]): Component | undefined {
  const [first] = reports;
  if (!first) return undefined;
  const variables = new Map(component?.variables.map((variable) => [variablePath(variable), variable]));
  for (const report of reports) {
    const path = variablePath(report.variable);
    variables.set(path, mergeVariable(variables.get(path), report));
  }
  const inOrder = [...variables].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, variable]) => variable);
  const after = { ...first.component, ...component, variables: inOrder };
  return isDeepStrictEqual(after, component) ? undefined : after;
}

/** Those of one component together. */
export function byComponent(reports: VariableReport[]): VariableReport[][] {
  const groups = new Map<string, VariableReport[]>();
  for (const report of reports) {
    const path = componentPath(report.component);
    groups.set(path, [...(groups.get(path) ?? []), report]);
  }
  return [...groups.values()];
}

function mergeVariable(known: Variable | undefined, { variable, told, ...report }: VariableReport): Variable {
  const characteristics = newest(
    known?.characteristics,
    report.characteristics && { ...report.characteristics, ...told },
  );
  const attributes = report.attributes.reduce((some, one) => withAttribute(some, one, told), known?.attributes ?? []);
  return { ...variable, ...known, attributes, ...(characteristics && { characteristics }) };
}

function withAttribute(
  attributes: Attribute[],
  { type, ...report }: VariableReport['attributes'][number],
  told: Told,
): Attribute[] {
  const known = attributes.find((attribute) => attribute.type === type);
  const rest = attributes.filter((attribute) => attribute !== known);
  const value = newest(known?.value, report.value === undefined ? undefined : { is: report.value, ...told });
  const traits = newest(known?.traits, report.traits && { ...report.traits, ...told });
  const attribute = { type, ...(value && { value }), ...(traits && { traits }) };
  return [...rest, attribute].sort((a, b) => (a.type < b.type ? -1 : 1));
}

/** Of two of the same time the one that was received later; the same message may well say two things in one second. */
function newest<T extends Told>(known: T | undefined, told: T | undefined): T | undefined {
  if (!known || !told) return told ?? known;
  if (known.at !== told.at) return known.at > told.at ? known : told;
  return known.receivedAt > told.receivedAt ? known : told;
}
