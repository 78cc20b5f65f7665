import { everySetting } from '../settings/settings.js';
import type { Take } from './take.js';

/** 5.8. */
export const getConfiguration: Take<{ key?: string[] }> = ({ key: asked = [] }, { settings }) => {
  const all = everySetting.flatMap(([name, { key, isReadOnly = false }]) =>
    key === undefined ? [] : [{ key, readonly: isReadOnly, value: settings.get(name) }],
  );
  if (asked.length === 0) return { configurationKey: all };
  return {
    configurationKey: all.filter(({ key }) => asked.includes(key)),
    unknownKey: asked.filter((each) => !all.some(({ key }) => key === each)),
  };
};

/** 5.3. */
export const changeConfiguration: Take<{ key: string; value: string }> = ({ key, value }, { settings }) => {
  const [name] = everySetting.find(([, setting]) => setting.key === key) ?? [];
  if (!name) return { status: 'NotSupported' };
  return { status: settings.accept(name, value) ? 'Accepted' : 'Rejected' };
};
