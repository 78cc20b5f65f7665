import type { Sqs } from '../sqs.js';
import type { Deployed } from '../template/stack-resources.js';
import type { Lambda } from './lambda.js';

interface Properties {
  EventSourceArn: string;
  FunctionName: string;
  Enabled?: boolean;
  BatchSize?: number;
  FunctionResponseTypes?: string[];
}

/** An event source mapping of a queue. A batch that fails as a whole is told again as a whole. */
export function mapQueue(
  { properties }: Deployed,
  {
    sqs,
    lambda,
    onError,
  }: { sqs: Pick<Sqs, 'consume'>; lambda: Pick<Lambda, 'invoke'>; onError(message: string): void },
): void {
  const { EventSourceArn, FunctionName, Enabled = true, BatchSize = 10, ...rest } = properties as never as Properties;
  if (!Enabled) return;
  sqs.consume(EventSourceArn, BatchSize, async (records) => {
    const all = records.map(({ messageId }) => messageId);
    try {
      const origins = records.map(({ attributes }) => attributes.AWSTraceHeader);
      const result = await lambda.invoke(FunctionName, { Records: records }, 'event source mapping', origins);
      if (!rest.FunctionResponseTypes?.includes('ReportBatchItemFailures')) return [];
      const { batchItemFailures = [] } = (result ?? {}) as { batchItemFailures?: { itemIdentifier: string }[] };
      const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
      // A failure that names none of them fails them all.
      return failed.every((id) => all.includes(id)) ? failed : all;
    } catch (error) {
      onError(String(error));
      return all;
    }
  });
}
