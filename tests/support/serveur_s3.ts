// A server that speaks S3 by HTTPS, of npm: what it is given lies in files, and signatures are asked for.
import { join } from "node:path";
import { freePort } from "../../ops/pile/throwaway.ts";
import { attendre } from "./attente.ts";
import { deNpm } from "./npm.ts";

const SEAU = "archives";
/** The one account it knows. */
const CLE = "S3RVER";

async function certificat(dossier: string): Promise<{ cle: string; autorite: string }> {
  const [cle, autorite] = [join(dossier, "cle.pem"), join(dossier, "autorite.pem")];
  const { success } = await new Deno.Command("openssl", {
    args: [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"],
      ...["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", cle, "-out", autorite],
    ],
    stderr: "null",
  }).output();
  if (!success) throw new Error("openssl n'a pas fait de certificat");
  return { cle, autorite };
}

export interface ServeurS3 extends AsyncDisposable {
  /** As continuite:installer reads them. */
  variables: Record<string, string>;
}

/** Runs it on what lies in `dossier`, made where it is not there. */
export async function startS3(dossier: string): Promise<ServeurS3> {
  const paquet = await deNpm("s3rver", "3.7.1");
  await Deno.mkdir(dossier, { recursive: true });
  const { cle, autorite } = await certificat(dossier);
  const port = freePort();
  const enfant = new Deno.Command("node", {
    args: [
      join(paquet, "node_modules/s3rver/bin/s3rver.js"),
      ...["--directory", join(dossier, "seaux"), "--address", "127.0.0.1", "--port", `${port}`, "--silent"],
      ...["--key", cle, "--cert", autorite, "--no-vhost-buckets", "--configure-bucket", SEAU],
    ],
    stdout: "null",
    stderr: "null",
  }).spawn();
  await attendre("the S3 server", () =>
    Deno.connect({ port }).then((connexion) => {
      connexion.close();
      return true;
    }, () => false));
  return {
    variables: {
      CONTINUITE_S3_ENDPOINT: `https://127.0.0.1:${port}`,
      CONTINUITE_S3_BUCKET: SEAU,
      CONTINUITE_S3_KEY: CLE,
      CONTINUITE_S3_SECRET: CLE,
      CONTINUITE_S3_CA: autorite,
    },
    [Symbol.asyncDispose]: async () => {
      enfant.kill("SIGTERM");
      await enfant.status;
    },
  };
}
