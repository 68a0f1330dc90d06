// A certified OpenID provider on loopback, with the pages for signing in that oidc-provider has for development.
// It reads one line of JSON, {port, keys, client}, says "ready" when it listens, and ends with its standard input.
import { createInterface } from "node:readline";
import { once } from "node:events";
import { Provider } from "oidc-provider";

const lines = createInterface({ input: process.stdin });
const [line] = await once(lines, "line");
const { port, keys, client } = JSON.parse(line);
lines.on("close", () => process.exit(0));

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [client],
  jwks: { keys },
  enabledJWA: { idTokenSigningAlgValues: ["RS256", "PS256", "ES256", "EdDSA"] },
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  cookies: { keys: ["only for tests"] },
  findAccount: (_context, login) => ({
    accountId: login,
    claims: () => ({
      sub: login,
      email: `${login}@example.org`,
      email_verified: !login.startsWith("unverified"),
    }),
  }),
});

provider.listen(port, "127.0.0.1", () => console.log("ready"));
