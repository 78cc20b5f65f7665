// Runs in CloudFront, on every request for a file. Who has a URL that one of our functions signed may do with the file
// what it was signed for, until it ends: /files/{end, in seconds}-{method}-{HMAC-SHA256 of method, end and key}/{key}.
// What a charge point appends to the folder of an upload is the file's name.
var crypto = require('crypto');
var secret = '{{resolve:secretsmanager:${FilesSecret}:SecretString}}';
var refused = { statusCode: 403, statusDescription: 'Forbidden' };

function handler(event) {
  var request = event.request;
  var parts = /^\/files\/(\d{1,12})-(PUT|GET)-([\w-]{43})\/([\w:.~/-]+)$/.exec(pathOf(request.uri));
  if (!parts) return refused;
  var end = parts[1];
  var method = parts[2];
  var path = parts[4];
  var upload = method === 'PUT' && /^(uploads\/[^/]+\/[^/]+\/[^/]+)\/*(.*)$/.exec(path);
  var key = upload ? upload[1] + '/' : path;
  var signature = crypto.createHmac('sha256', secret).update(method + '\n' + end + '\n' + key).digest('base64url');
  if (!isSame(signature, parts[3])) return refused;
  if (Number(end) * 1000 <= Date.now()) return refused;
  if (request.method !== method && !(request.method === 'HEAD' && method === 'GET')) return refused;

  var file = upload ? key + nameOf(upload[2]) : key;
  request.uri = '/' + file.split('/').map(encodeURIComponent).join('/');
  request.querystring = {};
  // S3 would take some of them for orders: to copy another file, or to say who owns this one.
  Object.keys(request.headers).forEach(function (name) {
    if (name.startsWith('x-amz-')) delete request.headers[name];
  });
  return request;
}

// Some clients encode what they need not. What no key has in it is none here: a file's name has a _ instead.
function pathOf(uri) {
  try {
    return decodeURIComponent(uri).replace(/[^\w:.~/-]/g, '_');
  } catch (_) {
    return '';
  }
}

// The end of a long one says what it is.
function nameOf(appended) {
  return appended.slice(-100).replace(/[^\w.-]/g, '_').replace(/^\./, '_') || 'file';
}

// Takes the same time wherever they differ.
function isSame(one, other) {
  var difference = 0;
  for (var i = 0; i < one.length; i++) difference |= one.charCodeAt(i) ^ other.charCodeAt(i);
  return difference === 0;
}
