import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { watchFrames } from './frame-limits.js';

const text = 1;
const ping = 9;

/** A frame as a client sends it, masked. */
function frame(length: number, opcode = text): Buffer {
  const size = length < 126 ? 2 : length < 65536 ? 4 : 10;
  const header = Buffer.alloc(size + 4);
  header[0] = 0x80 | opcode;
  header[1] = 0x80 | (size === 2 ? length : size === 4 ? 126 : 127);
  if (size === 4) header.writeUInt16BE(length, 2);
  if (size === 10) header.writeBigUInt64BE(BigInt(length), 2);
  // Bytes that would be the header of a large frame.
  return Buffer.concat([header, Buffer.alloc(length, 0xff)]);
}

/** How often it was told that a frame is too large, when these chunks arrive. */
function told(limit: number, chunks: Buffer[]): number {
  const socket = new PassThrough();
  let times = 0;
  watchFrames(socket, limit, () => times++);
  for (const chunk of chunks) socket.emit('data', chunk);
  return times;
}

it.each([
  [0, 0],
  [125, 0],
  [126, 0],
  [32 * 1024, 0],
  [32 * 1024 + 1, 1],
  [65536, 1],
])('a frame of %i bytes is told %i times', (length, times) => {
  expect(told(32 * 1024, [frame(length)])).toBe(times);
});

it('is told as soon as its header is there, and once', () => {
  const large = frame(40_000);
  expect(told(32 * 1024, [large.subarray(0, 4)])).toBe(1);
  expect(told(32 * 1024, [large, large])).toBe(1);
});

it('control frames are not limited', () => {
  expect(told(10, [frame(125, ping)])).toBe(0);
});

it('each frame of a fragmented message counts for itself', () => {
  expect(told(100, [frame(100), frame(100, 0), frame(100, 0)])).toBe(0);
  expect(told(100, [frame(100), frame(101, 0)])).toBe(1);
});

it('however frames are cut into chunks: told exactly when one is larger than the limit', () => {
  const limit = 200;
  const lengths = fc.array(fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constant(70_000)), { maxLength: 6 });
  const cuts = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(lengths, cuts, (lengths, sizes) => {
      const bytes = Buffer.concat(lengths.map((length) => frame(length)));
      const chunks: Buffer[] = [];
      for (let at = 0, next = 0; at < bytes.length; next++) {
        const size = sizes[next % sizes.length] ?? 1;
        chunks.push(bytes.subarray(at, at + size));
        at += size;
      }
      expect(told(limit, chunks)).toBe(lengths.some((length) => length > limit) ? 1 : 0);
    }),
  );
});
