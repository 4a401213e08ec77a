// A bucket on this machine, as the S3 API has it: keys and bytes, for who signs as its secret does, and for nobody else.
import { AwsClient, AwsV4Signer } from "aws4fetch";

export interface Seau extends AsyncDisposable {
  /** As the functions and the environment's file know it. */
  variables: Record<string, string>;
  lister(): string[];
  oter(cle: string): void;
  /** The same key, other bytes. */
  gater(cle: string): void;
  /** As if it had been there for so many days. */
  deposer(cle: string, octets: Uint8Array, jours: number): void;
}

const [CLE, SECRET, NOM, REGION] = ["cle-d-essai", "secret-d-essai", "documents", "us-east-1"];
/** Fewer at a time than the thousand of S3: what reads a list reads the pages that follow. */
const PAR_PAGE = 2;

const erreur = (status: number, code: string) =>
  new Response(`<Error><Code>${code}</Code></Error>`, {
    status,
    headers: { "content-type": "application/xml" },
  });

/** Whether a request bears the signature (SigV4) that the secret makes of it, said within a quarter of an hour. */
async function signee(request: Request): Promise<boolean> {
  const dite = request.headers.get("authorization")?.match(/SignedHeaders=([\w;-]+), Signature=(\w{64})$/);
  const datetime = request.headers.get("x-amz-date") ?? "";
  const quand = datetime.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  if (!dite || !(Math.abs(Date.now() - Date.parse(quand)) < 900_000)) return false;
  const signes = dite[1]!.split(";");
  if (!["host", "x-amz-content-sha256", "x-amz-date"].every((nom) => signes.includes(nom))) return false;
  const headers = Object.fromEntries(
    signes.filter((nom) => nom !== "host").map((nom) => [nom, request.headers.get(nom) ?? ""]),
  );
  const { url, method } = request;
  const attendue = new AwsV4Signer({
    url,
    method,
    headers,
    datetime,
    allHeaders: true,
    accessKeyId: CLE,
    secretAccessKey: SECRET,
    service: "s3",
    region: REGION,
  });
  return request.headers.get("authorization") === await attendue.authHeader();
}

/** Whether the bytes are those of which the signature speaks, where it does. */
async function intacts(request: Request, octets: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const dite = request.headers.get("x-amz-content-sha256")!;
  return dite === "UNSIGNED-PAYLOAD" ||
    dite === new Uint8Array(await crypto.subtle.digest("SHA-256", octets)).toHex();
}

interface Objet {
  octets: Uint8Array<ArrayBuffer>;
  depuis: Date;
}

const ilYA = (jours: number) => new Date(Date.now() - jours * 24 * 3_600_000);

function liste(objets: Map<string, Objet>, apres: string, prefixe: string): Response {
  const cles = [...objets.keys()].sort().filter((cle) => cle > apres && cle.startsWith(prefixe));
  const page = cles.slice(0, PAR_PAGE);
  const suite = cles.length > page.length
    ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>`
    : "";
  const contenus = page.map((cle) =>
    `<Contents><Key>${cle}</Key><LastModified>${
      objets.get(cle)!.depuis.toISOString()
    }</LastModified></Contents>`
  ).join("");
  return new Response(`<ListBucketResult>${contenus}${suite}</ListBucketResult>`, {
    headers: { "content-type": "application/xml" },
  });
}

async function repondre(objets: Map<string, Objet>, request: Request): Promise<Response> {
  if (!await signee(request)) return erreur(403, "SignatureDoesNotMatch");
  const { pathname, searchParams } = new URL(request.url);
  const [, seau, cle] = pathname.match(/^\/([^/]+)\/(.*)$/) ?? [];
  if (seau !== NOM) return erreur(404, "NoSuchBucket");
  if (!cle) {
    return liste(objets, searchParams.get("continuation-token") ?? "", searchParams.get("prefix") ?? "");
  }
  switch (request.method) {
    case "PUT": {
      const octets = new Uint8Array(await request.arrayBuffer());
      if (!await intacts(request, octets)) return erreur(400, "XAmzContentSHA256Mismatch");
      objets.set(cle, { octets, depuis: ilYA(0) });
      return new Response();
    }
    case "DELETE":
      objets.delete(cle);
      return new Response(null, { status: 204 });
    default: {
      const octets = objets.get(cle)?.octets;
      return octets ? new Response(octets) : erreur(404, "NoSuchKey");
    }
  }
}

/** What is nobody's: another secret, or nothing at all. */
async function refuseQuiNeSignePas(adresse: string): Promise<void> {
  const autre = new AwsClient({ accessKeyId: CLE, secretAccessKey: "autre", service: "s3", region: REGION });
  for (const demander of [fetch, autre.fetch.bind(autre)]) {
    const reponse = await demander(`${adresse}/${NOM}/rien`);
    await reponse.body?.cancel();
    if (reponse.status !== 403) {
      throw new Error(`le seau d'essai répond ${reponse.status} à qui ne signe pas`);
    }
  }
}

export async function startSeau(): Promise<Seau> {
  const objets = new Map<string, Objet>();
  const serveur = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => repondre(objets, request),
  );
  const adresse = `http://127.0.0.1:${serveur.addr.port}`;
  await refuseQuiNeSignePas(adresse);
  return {
    variables: {
      DOCUMENTS_S3_ENDPOINT: adresse,
      DOCUMENTS_S3_BUCKET: NOM,
      DOCUMENTS_S3_KEY: CLE,
      DOCUMENTS_S3_SECRET: SECRET,
    },
    lister: () => [...objets.keys()].sort(),
    oter: (cle) => void objets.delete(cle),
    gater: (cle) =>
      void objets.set(cle, { octets: new TextEncoder().encode("autre chose"), depuis: ilYA(0) }),
    deposer: (cle, octets, jours) =>
      void objets.set(cle, { octets: new Uint8Array(octets), depuis: ilYA(jours) }),
    [Symbol.asyncDispose]: () => serveur.shutdown(),
  };
}
