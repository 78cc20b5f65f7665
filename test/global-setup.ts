import { compile } from '../start/compile.js';
import { stages } from './stages.js';

/** Compiles whatever the tests deploy, once and one after the other: the framework works in folders of its own. */
export default async function setup(): Promise<void> {
  for (const stage of Object.values(stages)) await compile(stage);
}
