import { compile } from '../../start/compile.js';
import { stages } from '../stages.js';
import { readTemplate, type Template } from './template.js';

/** Reads a stage as it is compiled. */
export const compiled = async (name: keyof typeof stages): Promise<Template> =>
  readTemplate(await compile(stages[name]));
