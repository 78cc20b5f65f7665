// Made of docs/troubleshooting.md: when that changes, npm run troubleshooting.
export const troubleshooting = `# Troubleshooting

Whatever is refused is refused for a reason that has a code: in the events (\`code\`), in the functions' log lines, and in
the tables. A code never changes, and here is what each means and what to do. The codes are in
[schemas/refusals.ts](../schemas/refusals.ts), those of the API alone in [api/problem.ts](../api/problem.ts). \`csms why <identity>\`
tells which of them a charge point met, in their order, and the API shows this page as \`/api/v1/docs/problems\`.

In the logs of a deployed stage the code of a line is its field \`message.code\`. In CloudWatch Logs Insights, over the log groups
\`/aws/lambda/serverless-csms-<stage>-…\`, ask for
\`fields @timestamp, message.chargePointId, message.message | filter message.code = "answer-too-late" | sort @timestamp desc\`.

## A deployment that fails

CloudFormation tells one of these, and takes back what it began. Deploy again when it is done.

| CloudFormation says | because | do |
|---|---|---|
| Your account must be verified before you can add new CloudFront resources | the account is new | write to AWS Support, with the sentence |
| is not authorized to perform: lambda:PutFunctionRecursionConfig | whoever deploys may not allow \`timers\` to be invoked by what it sends | give them that permission |
| Caught exception when connecting to …/.well-known/openid-configuration for issuer … | API Gateway asks the issuer when the authorizer is made | open the URL: parameter \`issuer\` is to be what is called \`issuer\` there, letter by letter (of a Cognito user pool it is no hosted domain) |
| CloudFormation did not receive a response from your Custom Resource | \`setup\` was not heard within 5 min | its log says why |
| Subscriber limit exceeded | other stacks create tables at this moment | deploy again when they are done |

## Handshakes

A refused handshake is in the log of \`connect\` and in [KnocksTable](tables.md#knockstable), also when it was a charge
point's that is known.

### not-registered

404. No IoT thing has the name that the charge point appends to its URL. Compare the two, capitals too, then register it:
\`csms charge-points add <identity>\`, or without the API \`npm run register -- <identity>\`.

### other-namespace

404. The thing belongs to a stage with another namespace, or with none: a thing name exists once per account and Region. Give
the charge point another identity, or the thing the attribute \`namespace\` of this stage, an empty one where the stage has none:
\`aws iot update-thing --thing-name <identity> --attribute-payload '{"attributes":{"namespace":"<namespace>"},"merge":true}'\`.

### no-password

401. The stage lets no charge point in without a password (\`allowSecurityProfile0\` is \`false\`), and this one has none on
record. Give it one: \`csms charge-points password <identity>\`, and set it in the charge point.

### wrong-password

401. The user is not the identity, or the password is not the one on record. \`hasCredentials\` in KnocksTable says whether it
brought any: a charge point that doesn't is set to security profile 0. Otherwise give it a new password,
\`csms charge-points password <identity>\`, and set that in the charge point.

### no-common-subprotocol

The handshake is answered without a subprotocol, and the connection closed with 1000. The charge point offers none of
\`ocpp1.6\`, \`ocpp2.0\`, \`ocpp2.0.1\`, \`ocpp2.1\`. What it offers is in KnocksTable, under \`subprotocols\`: set its OCPP version.

### not-through-edge

403, and in the log of \`identify\` alone. Somebody dialled API Gateway's own URL. Use the output \`WebSocketUrl\`.

## Frames of a charge point

The charge point is told by a CALLERROR where its version has one; [HistoryTable](tables.md#historytable) has it, the same once an
hour, as \`frame-refused\` or by the event that is named here; and [the log of messages](tables.md#messagestable) has
it, with the code as \`refusal\`, in stages that keep one.

### not-a-frame

The text is not JSON, or no \`[type, id, …]\` of OCPP-J. It is in the log of \`message\`. Mostly it is cut off: look whether the
charge point splits what is longer than 4 KB wrongly. One with money in it is kept for repair
([event](#partly-understood) \`frame-kept\`).

### frame-too-large

The socket takes 32 KB a frame and 128 KB a message, and closes with 1009 at more. Make the charge point say less at once:
fewer values a MeterValues, smaller parts of a report.

### message-type-not-supported

The message has a type that its version does not know, or is a CALL of what is a SEND. A charge point of 1.6 that sends type
5 or 6 speaks 2.1: look at the subprotocol that it asks for.

### action-not-known

NotImplemented: the version that was agreed on has no such action. Look at the subprotocol that the charge point asks for; a
vendor's own actions belong into DataTransfer.

### action-not-for-csms

NotSupported: the action exists, but goes the other way, from the CSMS to the charge point.

### not-accepted

SecurityError: the charge point's last boot was answered Pending or Rejected, and what it says now must wait
([registration](architecture.md#registration)). Accept it: \`csms charge-points change <identity> --registration Accepted\`. It
hears of that at its next boot. One that is Pending boots on \`csms command <identity> Reset --type Soft\`, in 2.x
\`--type OnIdle\`; one that is Rejected takes no command: wait for its next boot, or restart it on site.

### payload-not-valid

The schema of the action forbids the payload: FormatViolation, PropertyConstraintViolation and their like. Event
\`protocol-deviation\` lists what is wrong and where. Where nothing else helps,
\`csms charge-points change <identity> --validation tolerant\`: then it is
[understood as far as it can be](architecture.md#strict-and-tolerant).

### partly-understood

In event \`frame-kept\`: of a message with money in it something was left out, though the rest was taken. The frame is in
[HistoryTable](tables.md#historytable), below \`frame#\`: compare it with the transaction, and repair that.

### message-not-handled

InternalError: the system is at fault. The log of \`csms\` or \`message\` says why. A frame with money in it gets no answer, so
that the charge point tells it again; any other that matters has to be told again by hand.

### not-connected

Somebody published a frame on \`<identity>/in\`, and the charge point has no connection by which to know its version. Publish
it while the charge point is connected.

### certificate-not-signed

The charge point asked for a certificate, and nobody here signs any. Event \`certificate-requested\` has the CSR: sign it
elsewhere, and send CertificateSigned.

### desire-not-understood

In event \`configuration-refused\`: the shadow desires something that nobody can ask for. \`reason\` says what is wrong, and
\`key\` where.

### shadow-too-large

In event \`shadow-refused\`: a shadow holds 8 KB. The charge point works all the same; what it said is in the tables.

## Answers on their way to a charge point

In the log of \`deliver\`, and in [HistoryTable](tables.md#historytable) as \`not-delivered\`.

### answer-not-a-frame

Somebody published on \`<identity>/out\` what is no frame of OCPP-J: \`[2,id,action,payload]\`, \`[3,id,payload]\` or
\`[4,id,code,description,details]\`, and nothing else.

### answer-without-connection

The connection whose CALL it answers is gone. Nothing is to be done: the charge point tells again what matters to it.

### answer-too-late

The CALL is more than 30 s old, and the charge point no longer waits. When that is not once but often, something is slow:
look at the durations of \`csms\`, and at its retries.

### answered-already

Another answer was faster, in a stage where CALLs are [answered elsewhere](architecture.md#answered-elsewhere). When the slow
one is yours, answer sooner, or set \`externalAnswerTimeout\` higher.

## Commands

In event \`command-settled\`, and in the command; what never became a command is \`not-delivered\` in
[HistoryTable](tables.md#historytable). Codes that commands have in common with the API are
[charge-point-unknown](#charge-point-unknown), [action-unknown](#action-unknown) and [payload-invalid](#payload-invalid).

### message-id-invalid

OCPP-J has room for 36 characters in a message id, and the CALL on \`{id}/out\` has more. Nothing is sent: publish it under a
shorter one.

### message-id-taken

Another command has this message id. Choose a new one for each: nothing was sent.

### charge-point-pending

The charge point is Pending, and by OCPP starts and stops nothing. [Accept it, and have it boot](#not-accepted).

### command-rejected

The charge point said no: the response has its word for it, in \`status\`. What it refuses is up to the charge point; a
\`statusInfo\` may say more.

### answered-with-error

The charge point answered with a CALLERROR, which is the reason. NotImplemented and NotSupported mean that it can't do this
at all.

### answer-invalid

The charge point answered, but with what the schema forbids, so nobody knows what it meant. It may have done what it was
asked: look before you ask again. Event \`protocol-deviation\` lists what is wrong; where that can be understood, the charge
point's \`validation\` set to \`tolerant\` makes it an answer.

### command-timed-out

No answer came within \`commandTimeout\`. It may have done what it was asked all the same. Should it answer after all, the
command is settled anew. When it happens often, \`commandTimeout\` is too short for this charge point, or it takes no CALLs
while it is busy.

### command-expired

The command waited too long for being sent: the charge point was not connected, was Rejected, or owed answers to those
before it. Ask again when it is connected.

### command-cancelled

Somebody cancelled it while it was queued. The charge point has heard nothing of it.

## What AWS refuses before the API does

These come from CloudFront and API Gateway, with a body of theirs and no \`code\`: the function never heard of the request.

| status | because | do |
|---|---|---|
| 401, \`{"message":"Unauthorized"}\` | a person's token is not in order; header \`WWW-Authenticate\` says why: another issuer, another audience than parameter \`audience\`, expired | sign in again; look at the token's \`iss\`, \`aud\` or \`client_id\`, and \`exp\` |
| 403, \`{"message":"Forbidden"}\` | an identity provider's token where the stage has no \`issuer\`: there is no route for people | set the parameter, or take an API token |
| 404, \`{"message":"Not Found"}\` | a path that is not below \`/api/v1/\` at API Gateway's own URL | use the output \`ApiUrl\` |
| 413 | more than API Gateway takes (10 MB) or Lambda (6 MB); up to 1 MB is for the API | send less at once |
| 429, \`{"message":"Too Many Requests"}\` | more than 100 requests a second for some time | wait and ask again; a list has pages of 100, an import 2,000 rows |
| 503, \`{"message":"Service Unavailable"}\` | no answer within 30 s, or no room for one more Lambda in the account | ask again with the same \`Idempotency-Key\` |

## What the API refuses

Each refusal of the API is a problem (RFC 9457) with a stable \`code\`, one sentence in \`detail\` that says what to do, where it
helps \`errors\` with a JSON pointer each, and \`help\`, the path of its place on this page. These are the codes.

### not-found

There is nothing at this path. Look into \`/api/v1/openapi.json\` or \`/api/v1/docs\` for the paths that there are. An id
token or a transaction whose text has a \`/\`, a \`?\` or other special characters is written \`~\` and its base64url.

### method-not-allowed

The path has other methods: header \`Allow\` lists them.

### broken-json

The body is not JSON, or nested deeper than 64. \`detail\` says where the parser stopped.

### unsupported-media-type

Send \`Content-Type: application/json\`, or \`text/csv\` where id tokens are imported. Without a body no type is needed.

### body-too-large

A body has at most 1 MB. Import id tokens in several files.

### bad-parameter

A part of the path, of the query or a header is not as it should be; \`errors\` says which. Unknown parameters are refused,
so that no misspelled filter lists everything.

### bad-body

The body is JSON, or CSV, and not what the operation takes; \`errors\` says where. Unknown members are refused.

### bad-cursor

A cursor is good for the list that it came from, with the same filters. Begin at the first page.

### no-credentials

Send \`Authorization: Bearer <token>\`. With \`npm start\` the token is printed; of a deployed stage the first one is made by
\`npm run token -- first --deployed --region <region> --table <output ApiTokensTable>\`. A person's token counts only where the
stage has an \`issuer\`.

### bad-token

The token is unknown, has expired or was revoked. An administrator makes another (\`POST /api-tokens\`).

### no-role

The issuer's token is in order and names none of the groups viewer, operator and admin in the claim that parameter
\`roleClaim\` says.

### role-too-low

A viewer reads, an operator also changes and commands, an admin also has API tokens, passwords and the audit trail.

### out-of-scope

The API token has a scope: it is for what is about a charge point that the scope names, or of a site that it names, and for lists
with the filter \`site\`. Nor may it move a charge point to another site. An administrator makes another token (\`POST /api-tokens\`).

### charge-point-unknown

No charge point of this name is registered in this stage: \`POST /charge-points\`. After a deletion its transactions and
history are kept, and there again when it is registered again.

### charge-point-exists

It was registered through the API before. Change it with \`PATCH\`.

### thing-elsewhere

A thing name exists once per account and Region, and this one belongs to another stage's namespace. Choose another name,
or delete the thing there.

### command-unknown

No command of this id was asked of this charge point, or it was settled more than 30 days ago.

### command-under-way

It was sent or settled already. Only what is queued can be cancelled.

### action-unknown

The charge point speaks a version that has no such command. Versions differ: \`RemoteStartTransaction\` of 1.6 is
\`RequestStartTransaction\` in 2.x. \`detail\` lists what there is.

### payload-invalid

The payload is not what the schema of the charge point's version asks for; \`errors\` has the JSON pointer. Nothing was
sent.

### frame-unknown

No frame of this id is kept of the charge point: after 400 days they are forgotten. \`GET /charge-points/{chargePointId}/frames\`
lists those that are there.

### frame-done

The frame was repaired, and has had its effect; what a transaction says now is changed by another message only. Or another
repair of it is under way: wait for that, or dismiss the frame and ask again.

### knock-unknown

No handshake of this name was refused in the last 30 days, or not each was kept: anybody may knock, so that some are in the
log of \`connect\` only. A charge point that you know is registered without a knock, \`POST /charge-points\`.

### version-unknown

The charge point has never connected, so that nobody knows in which version's words it is to be told.

### no-number-free

The local list of the charge point has the highest version that there is, 2147483647: begin anew with SendLocalList, a
\`listVersion\` (2.x \`versionNumber\`) of 1 and \`updateType\` Full, as a command. For any other number it is an accident that
doesn't happen twice: ask again.

### too-many-tokens

A local list is made of 10,000 id tokens at most, and of 200 messages. How many tokens a charge point takes in one it says
itself (SendLocalListMaxLength, in 2.x ItemsPerMessage and BytesPerMessage of LocalAuthListCtrlr). Send those of a group
(\`groupId\`), or name them. Nothing was sent.

### charging-profile-unknown

No charging profile of this name is in the library: \`PUT /charging-profiles/{name}\`.

### reservation-unknown

The charge point was asked for no reservation of this number, or it ended more than a month ago.

### deadline-wrong

The deadline of a task is over, or more than 30 days ahead.

### task-unknown

No task of this id is known, or it was forgotten 30 days after its deadline.

### task-over

It has ended: all of its charge points are settled. There is nothing left to cancel.

### id-token-unknown

No id token of this text is known. Capitals and small letters are the same.

### transaction-unknown

The charge point told of no such transaction.

### configuration-too-large

A charge point's shadow holds 8 KB, with what it booted with and what it took of its configuration. Desire less, or send
ChangeConfiguration or SetVariables as a command.

### job-unknown

Nothing was asked of the charge point under this kind and number, or what came of it was customer information and has been
forgotten. \`GET /charge-points/{chargePointId}/jobs\` lists what there is.

### firmware-unknown

The stage's bucket has no firmware of this name, in exactly this spelling. \`GET /firmware\` lists it, \`POST
/firmware/{name}/upload\` gives a URL that takes it.

### api-token-unknown

It was revoked, or has expired.

### changed-meanwhile

Somebody changed it since you read it, or \`If-None-Match: *\` and it is there. Read it again.

### idempotency-key-reused

The key was used within a day for another request. Take a new one for each request.

### request-under-way

The same request with the same key is being worked on. Ask again with the same key: you get its answer.

### internal-error

The system is at fault. The log of function \`api\` names the error; nothing of it is told outside.
`;
