import { beforeEach, describe, expect, it } from 'vitest';
import { apiInMemory } from '../../test/memory/api.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
});
const stage = async () => (await world.ask('GET /stage')).body;

describe('the stage', () => {
  it('tells all parameters in force', async () => {
    expect(Object.keys((await stage()).parameters).sort()).toEqual([
      ...['allowSecurityProfile0', 'answeredElsewhere', 'audience', 'commandTimeout', 'externalAnswerTimeout'],
      ...['heartbeatInterval', 'issuer', 'logLevel', 'messageLog', 'namespace', 'registrationStatus', 'roleClaim'],
      ...['unknownTokens', 'validation'],
    ]);
  });

  it('is ok while its tables answer, and nothing is left that nobody could deal with', async () => {
    const queues = { FailuresQueue: 0, TimersDeadLetterQueue: 0 };
    expect(await stage()).toMatchObject({ health: 'ok', faults: [], queues });
  });

  it('says what waits for somebody', async () => {
    world.depths.TimersDeadLetterQueue = 3;
    const { health, faults } = await stage();
    expect(health).toBe('degraded');
    expect(faults).toEqual(['3 messages are in TimersDeadLetterQueue: look into them, and delete them.']);
  });

  it('says what does not answer, and answers itself', async () => {
    world.ports.chargePointRecords.list = () => Promise.reject(new Error('down'));
    world.ports.queues.depths = () => Promise.reject(new Error('down'));
    const told = await stage();
    expect(told).toMatchObject({ health: 'degraded' });
    expect(told.faults).toEqual(['The tables do not answer.', 'The queues do not answer.']);
    expect(world.errors).toHaveLength(2);
  });
});
