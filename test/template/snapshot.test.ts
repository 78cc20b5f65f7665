import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compiled } from './compiled.js';
import { resolved, type Template } from './template.js';

/** What differs from one compilation to the next. */
const noise: [RegExp, string][] = [
  [/serverless\/[^"]+?\/([\w-]+\.zip)/g, '$1'],
  [/(WebsocketsDeployment)\w{20,}/g, '$1'],
];

/** Keys in the order in which a reader looks for them: what it is, then the rest as it was compiled. */
function withoutNoise({ Resources, Outputs }: Template): object {
  const text = noise.reduce(
    (json, [pattern, plain]) => json.replace(pattern, plain),
    JSON.stringify({ Resources, Outputs }),
  );
  return JSON.parse(text);
}

it('what is deployed on dev is as reviewed: a difference is a decision', async () => {
  const template = withoutNoise(resolved(await compiled('dev')));
  const yaml = stringify(template, { lineWidth: 0, aliasDuplicateObjects: false });
  await expect(yaml).toMatchFileSnapshot('dev.snapshot.yml');
});
