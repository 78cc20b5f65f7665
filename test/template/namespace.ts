import { ofType, type Template } from './template.js';

/** The namespace of a resolved template's stage, as most of its functions are told it. */
export function namespaceOf(template: Template): string {
  const namespaces = given(template).map(([, namespace]) => namespace);
  const times = (namespace: string) => namespaces.filter((each) => each === namespace).length;
  return namespaces.sort((a, b) => times(b) - times(a))[0] ?? '';
}

/** A function with another namespace than the rest would speak on topics that nobody hears. */
export function namespaceFaults(template: Template): string[] {
  const namespace = namespaceOf(template);
  return given(template)
    .filter(([, other]) => other !== namespace)
    .map(([id, other]) => `${id}: its NAMESPACE is "${other}", most have "${namespace}"`);
}

const given = (template: Template) =>
  ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Environment }]): [id: string, namespace: string][] => {
    const { NAMESPACE } = Environment?.Variables ?? {};
    return NAMESPACE === undefined ? [] : [[id, NAMESPACE]];
  });
