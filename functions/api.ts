import { readEnvironment } from './environment.js';

const env = readEnvironment('VERSION');

export const handler = async () => ({ statusCode: 200, body: env.VERSION });
