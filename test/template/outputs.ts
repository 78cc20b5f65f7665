import type { Template } from './template.js';

/** What whoever deployed is told, and scripts ask for. */
const outputs = {
  WebSocketUrl: 'wss://${EdgeDistribution.DomainName}/',
  ApiUrl: 'https://${EdgeDistribution.DomainName}/api/v1',
  ApiTokensTable: '${ApiTokensTable}',
  ChargePointsTable: '${ChargePointsTable}',
  IdTokensTable: '${IdTokensTable}',
  FilesBucket: '${FilesBucket}',
};

/** Holds the outputs of a resolved template against what is promised. Returns a sentence for each fault. */
export function promisedOutputFaults({ Outputs }: Template): string[] {
  return Object.entries(outputs)
    .filter(([id, value]) => Outputs[id]?.Value !== value)
    .map(([id, value]) => `Outputs.${id} is to be ${value}, not ${Outputs[id]?.Value ?? 'missing'}`);
}
