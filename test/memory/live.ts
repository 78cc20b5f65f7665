import type { Listening, Live, LiveUrl } from '../../csms/live/ports.js';

/** Hands out URLs that lead nowhere, and remembers for what. */
export class MemoryLive implements Live {
  readonly opened: Listening[] = [];

  async open(listening: Listening): Promise<LiveUrl> {
    this.opened.push(listening);
    const { chargePointId = '+', withFrames } = listening;
    const topics = withFrames ? ['in', 'out', 'events/#'] : ['events/#'];
    return {
      url: 'wss://live.example/mqtt',
      clientId: `live-${this.opened.length}`,
      topics: topics.map((end) => `${chargePointId}/${end}`),
      expiresAt: '2026-05-20T10:05:00.000Z',
    };
  }
}
