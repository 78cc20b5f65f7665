import type { Duplex } from 'node:stream';

/**
 * Watches the frames that a WebSocket client sends on a raw socket, for API Gateway's limit on a single frame, which
 * WebSocket servers don't know: they limit whole messages.
 *
 * @param onTooLarge called once, when the header of a data frame announces more than `limit` bytes
 */
export function watchFrames(socket: Duplex, limit: number, onTooLarge: () => void): void {
  let pending = Buffer.alloc(0);
  let skip = 0;

  const onData = (chunk: Buffer) => {
    const skipped = Math.min(skip, chunk.length);
    skip -= skipped;
    pending = Buffer.concat([pending, chunk.subarray(skipped)]);
    for (let header = readHeader(pending); header; header = readHeader(pending)) {
      if (header.isData && header.length > limit) {
        socket.off('data', onData);
        onTooLarge();
        return;
      }
      const whole = header.size + header.length;
      skip = Math.max(0, whole - pending.length);
      pending = pending.subarray(Math.min(whole, pending.length));
    }
  };
  // Before the WebSocket's own listener, so that it hears of a frame's size before its content.
  socket.prependListener('data', onData);
}

/** RFC 6455 5.2: opcode, masking key, and a length of 7, 16 or 64 bits. */
function readHeader(buffer: Buffer): { isData: boolean; size: number; length: number } | undefined {
  if (buffer.length < 2) return undefined;
  const isData = (buffer.readUInt8(0) & 0x08) === 0;
  const second = buffer.readUInt8(1);
  const mask = second & 0x80 ? 4 : 0;
  const short = second & 0x7f;
  if (short < 126) return { isData, size: 2 + mask, length: short };
  if (short === 126) return buffer.length < 4 ? undefined : { isData, size: 4 + mask, length: buffer.readUInt16BE(2) };
  return buffer.length < 10 ? undefined : { isData, size: 10 + mask, length: Number(buffer.readBigUInt64BE(2)) };
}
