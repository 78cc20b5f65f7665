/** What may be listened to. */
export interface Listening {
  /** One charge point; undefined is all of the stage. */
  chargePointId?: string | undefined;
  /** Whether frames may be heard, beside events. */
  withFrames: boolean;
}

/** Where somebody may listen, for whom nothing else is needed. */
export interface LiveUrl {
  /** MQTT over a WebSocket, signed. */
  url: string;
  /** What the client has to call itself. */
  clientId: string;
  /** The filters that may be subscribed to. */
  topics: string[];
  /** Until then a connection may begin, ISO 8601. */
  expiresAt: string;
}

/** What charge points say, and what is said to them and of them, as it happens. Nothing can be published here. */
export interface Live {
  open(listening: Listening): Promise<LiveUrl>;
}
