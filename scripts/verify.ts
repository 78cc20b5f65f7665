import { fileURLToPath } from 'node:url';
import { startMeter } from '../local/meter.js';
import { services } from '../probes/index.js';
import { openStage } from '../probes/open-stage.js';
import { awsPlace, checkStage, findStage, Unreachable } from '../probes/places/aws.js';
import { embeddedPlace } from '../probes/places/embedded.js';
import type { Probe } from '../probes/probe.js';
import { type Outcome, run } from '../probes/run.js';
import type { Stage } from '../probes/stage.js';
import { bill } from '../start/bill.js';
import { serverless } from '../start/serverless.js';
import { Failure, type Given, runScript, type Script } from './script.js';
import { UsageError } from './usage.js';

const usage = `npm run verify -- --stage <stage> [options]    asks AWS whether it does what is assumed of it

  --stage <stage>     a deployed stage without a namespace. A stack of the probes' own is deployed beside it, and removed
  --region <region>   where that is (AWS_REGION, or us-east-1)
  --slow              tries what takes minutes too, at once: two hours
  --only <id>         only this, or what begins like this; may be repeated
  --keep              leaves the probes' stack where it is, so that the next run is quicker
  --local             asks the embedded AWS instead
  --help              this text`;

const options = {
  stage: { type: 'string', default: '' },
  region: { type: 'string', default: process.env.AWS_REGION ?? 'us-east-1' },
  slow: { type: 'boolean', default: false },
  only: { type: 'string', multiple: true, default: [] as string[] },
  keep: { type: 'boolean', default: false },
  local: { type: 'boolean', default: false },
} as const;

type Values = Given<typeof options>['values'];

const service = fileURLToPath(new URL('../probes', import.meta.url));
const longestDeployment = 15 * 60_000;

/** @returns whether AWS does what is assumed, as far as was tried */
async function verify(probes: Probe[], values: Values): Promise<boolean> {
  const { local, stage, region } = values;
  const meter = startMeter();
  const place = local ? await embeddedPlace() : await awsPlace(stage, region, await findStage(stage, region));
  const opened = await openStage(place, meter);
  const outcomes = await tell(probes, opened, values).finally(() => opened.close());
  const count = (is: Outcome['is']) => outcomes.filter((outcome) => outcome.is === is).length;
  const counts = (['confirmed', 'differs', 'unclear', 'not probed'] as const).map((is) => `${count(is)} ${is}`);
  console.log(`\n${counts.join(', ')}`);
  console.log(`${bill(meter.totals()).at(-1)} (an estimate)`);
  return count('differs') + count('unclear') === 0;
}

async function tell(probes: Probe[], opened: Stage, { slow, local }: Values): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const outcome of run(probes, opened, { slow, atOnce: !local })) {
    outcomes.push(outcome);
    console.log(lineOf(outcome));
  }
  return outcomes;
}

function lineOf(outcome: Outcome): string {
  const begin = `${outcome.is.padEnd(10)}  ${outcome.probe.id}`;
  switch (outcome.is) {
    case 'confirmed':
      return begin;
    case 'differs':
      return `${begin}\n            expected  ${outcome.probe.says}\n            saw       ${outcome.saw}\n            means     ${outcome.probe.ifWrong}`;
    default:
      return `${begin}: ${outcome.why}`;
  }
}

/** With the probes' stack beside the stage, as long as it takes. */
async function verifyInAws(probes: Probe[], values: Values): Promise<boolean> {
  const { stage, region, keep } = values;
  await checkStage(stage, region);
  const where = ['--stage', stage, '--region', region];
  const remove = `cd probes && npx serverless remove ${where.join(' ')}`;
  process.once('SIGINT', () => {
    console.error(`\nThe probes' stack may still be there. To remove it: ${remove}`);
    process.exit(130);
  });
  console.log(`deploying serverless-csms-probes-${stage}, which takes some minutes`);
  try {
    await serverless(['deploy', ...where], service, longestDeployment);
    return await verify(probes, values);
  } finally {
    if (keep) console.log(`The probes' stack is left. To remove it: ${remove}`);
    else await serverless(['remove', ...where], service, longestDeployment);
  }
}

/** @param only how their ids begin; all when there is none */
function chosen(only: string[]): Probe[] {
  const all = services.flatMap(({ probes }) => probes);
  if (only.length === 0) return all;
  return all.filter(({ id }) => only.some((begin) => id.startsWith(begin)));
}

const script: Script<typeof options> = {
  usage,
  options,
  allowPositionals: false,
  async run({ values }) {
    const { local, stage, only } = values;
    if (!local && !stage) throw new UsageError('Name a --stage, or --local.');
    const probes = chosen(only);
    if (probes.length === 0) {
      throw new Failure(`There is no probe ${only.join(', ')}: docs/assumptions.md lists them.`);
    }
    try {
      return (await (local ? verify(probes, values) : verifyInAws(probes, values))) ? 0 : 1;
    } catch (error) {
      throw error instanceof Unreachable ? new Failure(error.message) : error;
    }
  },
};

process.exitCode = await runScript(script, process.argv.slice(2), console);
