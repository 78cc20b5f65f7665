import type { AttributeEnumType, ComponentType, VariableType } from '../../schemas/generated/ocpp2.1/types.js';
import type { AttributeKey } from '../configuration/read.js';
import { variableKeyOf } from '../configuration/variable-key.js';
import { componentPath, variablePath } from '../device-model/path.js';
import type { ComponentKey, VariableKey } from '../device-model/ports.js';
import { pick } from '../pick.js';

/** How the device model names a component of 2.x. */
export function componentKey({ evse, ...component }: ComponentType): ComponentKey {
  return {
    ...pick(component, 'name', 'instance'),
    ...(evse && { evseId: evse.id, ...pick(evse, 'connectorId') }),
  };
}

export function variableKey(variable: VariableType): VariableKey {
  return pick(variable, 'name', 'instance');
}

/** The same for all spellings of a variable of a component. */
export function pathOf({ component, variable }: { component: ComponentType; variable: VariableType }): string {
  return `${componentPath(componentKey(component))}/${variablePath(variableKey(variable))}`;
}

/** An attribute that is named in a message. */
export function attributeOf({
  component,
  variable,
  attributeType: type = 'Actual',
}: {
  component: ComponentType;
  variable: VariableType;
  attributeType?: AttributeEnumType;
}): AttributeKey {
  return {
    key: variableKeyOf({ component, variable, ...(type !== 'Actual' && { attributeType: type }) }),
    ...{ component: componentKey(component), variable: variableKey(variable), type },
  };
}
