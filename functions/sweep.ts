import { sweep } from '../csms/sweep.js';
import { commandPorts } from './command-ports.js';

const ports = commandPorts();

/** The schedule, each minute: does what is due. What fails is for the next minute. */
export const handler = (): Promise<void> => sweep(ports);
