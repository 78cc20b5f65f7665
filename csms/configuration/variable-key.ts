import type { ComponentType, VariableType } from '../../schemas/generated/ocpp2.1/types.js';

/** One attribute of a variable of 2.x; without a type it is the Actual one. */
export interface VariableAttribute {
  component: ComponentType;
  variable: VariableType;
  attributeType?: 'Target' | 'MinSet' | 'MaxSet';
}

const name = '([^()/#@]+)';
const named = `${name}(?:\\(${name}\\))?`;
const pattern = new RegExp(`^${named}(?:@(\\d+)(?:\\.(\\d+))?)?/${named}(?:#(Target|MinSet|MaxSet))?$`);

/**
 * The key of a variable of 2.x in a shadow: `Component(instance)@evse.connector/Variable(instance)#Target`, of which only the
 * names of component and variable must be there. In names, `%` and the signs of this grammar are escaped: `%28` for `(`.
 */
export function variableKeyOf({ component, variable, attributeType }: VariableAttribute): string {
  const { evse } = component;
  const connector = evse?.connectorId === undefined ? '' : `.${evse.connectorId}`;
  const place = evse ? `@${evse.id}${connector}` : '';
  return `${text(component)}${place}/${text(variable)}${attributeType ? `#${attributeType}` : ''}`;
}

/**
 * Reads such a key. It must be spelled as `variableKeyOf` does: what is reported has the same key, or it would differ for ever.
 *
 * @returns a sentence that says what is wrong with it, if something is
 */
export function parseVariableKey(key: string): VariableAttribute | string {
  const [, component, instance, evse, connector, variable, variableInstance, attributeType] = pattern.exec(key) ?? [];
  if (!component || !variable) return 'It is not spelled Component(instance)@evse.connector/Variable(instance)#Target.';
  try {
    const read = {
      component: {
        ...readNames(component, instance),
        ...(evse && { evse: { id: Number(evse), ...(connector && { connectorId: Number(connector) }) } }),
      },
      variable: readNames(variable, variableInstance),
      ...(attributeType && { attributeType: attributeType as 'Target' }),
    };
    const canonical = variableKeyOf(read);
    return canonical === key ? read : `It is to be spelled ${canonical}.`;
  } catch {
    return 'It has a % that stands for nothing: write %25.';
  }
}

function text({ name, instance }: { name: string; instance?: string }): string {
  return instance === undefined ? escaped(name) : `${escaped(name)}(${escaped(instance)})`;
}

function readNames(name: string, instance: string | undefined): { name: string; instance?: string } {
  const unescaped = decodeURIComponent;
  return { name: unescaped(name), ...(instance !== undefined && { instance: unescaped(instance) }) };
}

function escaped(text: string): string {
  return text.replaceAll(/[%()/#@]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
