import { ofType, type Template } from './template.js';

/** The namespace of a resolved template's stage, as its functions are told it. */
export function namespaceOf(template: Template): string {
  return given(template)[0]?.[1] ?? '';
}

/** A function with another namespace than the rest would speak on topics that nobody hears. */
export function namespaceFaults(template: Template): string[] {
  const namespace = namespaceOf(template);
  return given(template)
    .filter(([, other]) => other !== namespace)
    .map(([id, other]) => `${id}: its NAMESPACE is "${other}", that of others "${namespace}"`);
}

const given = (template: Template) =>
  ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Environment }]): [id: string, namespace: string][] => {
    const { NAMESPACE } = Environment?.Variables ?? {};
    return NAMESPACE === undefined ? [] : [[id, NAMESPACE]];
  });
