import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from './clock.js';
import type { Iam, Statement } from './iam.js';
import { refuseUnknown } from './request.js';
import { AwsError, type Handler, notImplemented } from './service.js';
import { element, escaped, xml } from './xml.js';

/** What somebody signs with who assumed a role. */
export interface SessionCredentials {
  secretAccessKey: string;
  sessionToken: string;
}

/** Serves SDK clients of STS, and knows the credentials that it gave out. */
export interface Sts extends Handler {
  /** By access key id. */
  credentials(accessKeyId: string): SessionCredentials | undefined;
}

const parameters = ['Action', 'Version', 'RoleArn', 'RoleSessionName', 'DurationSeconds', 'Policy'];
const shortest = 900;
/** A role allows no longer unless its template says so. */
const longest = 3600;
const longestPolicy = 2048;

/** STS: AssumeRole, in the form and the XML of AWS's query protocol. */
export function startSts({ iam, clock }: { iam: Iam; clock: Pick<Clock, 'now'> }): Sts {
  const given = new Map<string, SessionCredentials>();

  function assumeRole(form: URLSearchParams, by: string): string {
    const roleArn = required(form, 'RoleArn');
    const name = required(form, 'RoleSessionName');
    if (!/^[\w+=,.@-]{2,64}$/.test(name))
      throw invalid(`Value '${name}' at 'roleSessionName' failed to satisfy constraint`);
    const seconds = Number(form.get('DurationSeconds') ?? longest);
    if (!Number.isInteger(seconds) || seconds < shortest) {
      throw invalid(`Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: at least ${shortest}`);
    }
    if (seconds > longest) {
      throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
    }
    const policy = policyOf(form.get('Policy'));
    const until = clock.now() + seconds * 1_000;
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    iam.openSession(accessKeyId, { roleArn, by, name, until, ...(policy && { policy }) });
    const credentials = {
      secretAccessKey: randomBytes(30).toString('base64'),
      // About as long as AWS's.
      sessionToken: randomBytes(600).toString('base64'),
    };
    given.set(accessKeyId, credentials);
    const arn = `${roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${name}`;
    return element('AssumeRoleResponse', [
      element('AssumeRoleResult', [
        element('Credentials', [
          element('AccessKeyId', accessKeyId),
          element('SecretAccessKey', credentials.secretAccessKey),
          element('SessionToken', credentials.sessionToken),
          element('Expiration', new Date(until).toISOString()),
        ]),
        element('AssumedRoleUser', [
          element('Arn', escaped(arn)),
          element('AssumedRoleId', `AROAEMBEDDED:${escaped(name)}`),
        ]),
      ]),
      element('ResponseMetadata', [element('RequestId', randomUUID())]),
    ]);
  }

  return {
    credentials: (accessKeyId) => given.get(accessKeyId),
    // Who may assume a role is for its trust policy to say.
    read({ body, caller }) {
      const form = new URLSearchParams(body.toString());
      const action = form.get('Action');
      if (action !== 'AssumeRole') throw notImplemented(`sts:${action}`);
      refuseUnknown('sts:AssumeRole with', Object.fromEntries(form), parameters);
      return { answer: () => xml(assumeRole(form, caller)) };
    },
    told({ code, message, status }) {
      const error = [element('Type', 'Sender'), element('Code', code), element('Message', escaped(message))];
      return xml(element('ErrorResponse', [element('Error', error), element('RequestId', randomUUID())]), status);
    },
  };
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw invalid(`Value null at '${name}' failed to satisfy constraint: Member must not be null`);
  return value;
}

/** @throws {AwsError} for what is no policy, and for what of one is not known here */
function policyOf(text: string | null): { Statement: Statement[] } | undefined {
  if (text === null) return undefined;
  if (text.length > longestPolicy) {
    throw invalid(`Value at 'policy' failed to satisfy constraint: length at most ${longestPolicy}`);
  }
  try {
    const { Statement } = JSON.parse(text) as { Statement: Statement[] };
    return { Statement: [Statement].flat() };
  } catch {
    throw new AwsError('MalformedPolicyDocument', 'Syntax errors in policy.');
  }
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
