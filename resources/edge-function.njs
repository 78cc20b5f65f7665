// Runs in CloudFront, on every request of a charge point. API Gateway knows no path behind its stage, so the identity,
// which OCPP puts in the last segment of the path, moves to the query string: still percent-encoded, decoded there once.
function handler(event) {
  var request = event.request;
  var identity = request.uri.split('/').filter(Boolean).pop();
  if (!identity) {
    return { statusCode: 404, statusDescription: 'Not Found' };
  }
  request.uri = '/${sls:stage}';
  // A query string's + would be read as a space. Whatever else the client put there is dropped.
  request.querystring = { chargePointId: { value: identity.replace(/\+/g, '%2B') } };
  // Behind here the address of the charge point is this host's; what a client says of its own is worth nothing.
  request.headers['x-viewer-address'] = { value: event.viewer.ip };
  // API Gateway breaks the compression that some clients ask for.
  delete request.headers['sec-websocket-extensions'];
  return request;
}
