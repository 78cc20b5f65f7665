declare module 'dynalite' {
  import type { Server } from 'node:http';
  export default function dynalite(options: { path?: string; createTableMs?: number; deleteTableMs?: number }): Server;
}

declare module 'dynalite/db/index.js' {
  /** Bytes, as DynamoDB counts them, of an item in its own JSON. */
  export function itemSize(item: object): number;
}
