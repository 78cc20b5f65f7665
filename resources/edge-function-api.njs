// Runs in CloudFront, on every request to the operator's API. People come with a JSON Web Token of their issuer, which
// API Gateway checks on a route of its own; whoever comes with anything else is checked by the function behind it.
function handler(event) {
  var request = event.request;
  var authorization = request.headers.authorization;
  var isPerson = authorization && /^Bearer +[^.\s]+\.[^.\s]+\.[^.\s]+$/i.test(authorization.value);
  if (isPerson && '${param:issuer}' !== '') request.uri = '/people' + request.uri;
  return request;
}
