import { everySetting, type SettingName } from '../settings/settings.js';
import type { Take } from './take.js';

interface Named {
  component: { name: string };
  variable: { name: string };
  attributeType?: string;
}

/** B06. */
export const getVariables: Take<{ getVariableData: Named[] }> = ({ getVariableData }, { settings }) => ({
  getVariableResult: getVariableData.map((asked) => {
    const { status, name } = find(asked);
    return {
      ...result(asked, status),
      ...(name && { attributeValue: settings.get(name) }),
    };
  }),
});

/** B05. */
export const setVariables: Take<{ setVariableData: (Named & { attributeValue: string })[] }> = (
  { setVariableData },
  { settings },
) => ({
  setVariableResult: setVariableData.map(({ attributeValue, ...asked }) => {
    const { status, name } = find(asked);
    return result(asked, name && !settings.accept(name, attributeValue) ? 'Rejected' : status);
  }),
});

/** Which setting it is, or why it is none. Only actual values are kept. */
function find({ component, variable, attributeType = 'Actual' }: Named): { status: string; name?: SettingName } {
  const ofComponent = everySetting.filter(([, setting]) => setting.variable?.[0] === component.name);
  if (ofComponent.length === 0) return { status: 'UnknownComponent' };
  const [name] = ofComponent.find(([, setting]) => setting.variable?.[1] === variable.name) ?? [];
  if (!name) return { status: 'UnknownVariable' };
  return attributeType === 'Actual' ? { status: 'Accepted', name } : { status: 'NotSupportedAttributeType' };
}

function result({ component, variable, attributeType }: Named, attributeStatus: string): object {
  return { attributeStatus, ...(attributeType && { attributeType }), component, variable };
}
