import { boot } from './boot.js';
import { charge } from './charge.js';
import { end } from './end.js';
import { heartbeats } from './heartbeats.js';
import { goOffline, goOnline, losePower } from './network.js';
import { plug } from './plug.js';
import { present } from './present.js';
import { report, reportSession } from './report.js';
import type { Play, Run, Step } from './step.js';
import { unplug } from './unplug.js';

const plays: { [Kind in Step['do']]: Play<Kind> } = {
  boot,
  report,
  'report session': reportSession,
  heartbeats,
  plug,
  present,
  charge,
  end,
  unplug,
  'go offline': goOffline,
  'go online': goOnline,
  'lose power': losePower,
};

/** Plays one step after another. */
export async function playSteps(steps: readonly Step[], run: Run): Promise<void> {
  for (const step of steps) {
    // The compiler cannot see that a step and the play of its name belong together.
    const play = plays[step.do] as Play<Step['do']>;
    await play(step, run);
  }
}
