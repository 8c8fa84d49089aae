// A certified OpenID provider on this machine, for the tests of Kjent's way in.
//
// Takes one argument, JSON: { port?, issuer?, key?, secret?, ahead? }. Prints `listening on PORT`, and obeys
// lines on its input, each answered by one line: `end NAME` and `begin NAME` say whether an account
// is; anybody has one until then. Its clock is `ahead` milliseconds ahead of the
// machine's. It ends with its input.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Provider } from 'oidc-provider';

const { port = 0, issuer, key = 'first', secret, ahead = 0 } = JSON.parse(process.argv[2] ?? '{}');
const ended = new Set();
const machine = Date.now;
Date.now = () => machine() + ahead;

const signing = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
const client = {
  client_id: 'kjent',
  application_type: 'native',
  redirect_uris: ['kjent://signed-in'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  ...(secret
    ? { client_secret: secret, token_endpoint_auth_method: 'client_secret_basic' }
    : { token_endpoint_auth_method: 'none' }),
};
const configuration = {
  clients: [client],
  jwks: { keys: [{ ...signing, kid: key, use: 'sig', alg: 'RS256' }] },
  claims: { openid: ['sub', 'employee_number'] },
  // The claim is in the ID token itself, as the providers that municipalities use have it.
  conformIdTokenClaims: false,
  // Who logs in with the name `1001` has that employee number.
  findAccount: (_context, name) =>
    ended.has(name) ? undefined : { accountId: name, claims: () => ({ sub: name, employee_number: name }) },
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ['only for the tests'] },
  ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 86400, RefreshToken: 86400, Interaction: 600, Session: 600, Grant: 86400 },
};

// What it warns of is that it is set up for tests.
console.info = console.warn = () => {};
const server = createServer((request, response) => answer(request, response));
let answer = (_request, response) => response.destroy();
server.listen(port, '127.0.0.1', () => {
  const own = server.address().port;
  answer = new Provider(issuer ?? `http://127.0.0.1:${own}`, configuration).callback();
  process.stdout.write(`listening on ${own}\n`);
});

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [order, name] = line.split(' ');
    if (order === 'end') ended.add(name);
    if (order === 'begin') ended.delete(name);
    process.stdout.write(`${line}\n`);
  })
  .on('close', () => process.exit(0));
