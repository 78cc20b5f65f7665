import { compile } from '../../local/compile.js';
import { stages } from '../stages.js';

/** The folder of a compiled stage. */
export const compiled = (name: keyof typeof stages): Promise<string> => compile(stages[name]);
