// npm run golden: the engine beside the field's own figures.
import { Command, Option } from "commander";
import { type Comparison, renderReport, signed } from "./golden/report.ts";
import { readCases } from "./golden/cases.ts";
import { connect, type Sql } from "./stack/database.ts";
import { requireRunningStack } from "./stack/status.ts";
import { printTable } from "./table.ts";

async function withDatabase<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
  const url = Deno.env.get("DATABASE_URL") || (await requireRunningStack()).DB_URL;
  const sql = connect(url);
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

/** All or nothing: a file with one bad line changes nothing, and every bad line is named. */
async function importCases(file: string): Promise<number> {
  const { cases, errors } = readCases(await Deno.readTextFile(file));
  if (!errors.length) {
    await withDatabase((sql) =>
      sql.begin(async (tx) => {
        for (const { line, values } of cases) {
          try {
            await tx.savepoint((one) =>
              one`
              insert into public.golden_cases ${one(values)}
              on conflict (source, reference) do update set ${one(values)}`
            );
          } catch (error) {
            errors.push({ line, message: (error as Error).message });
          }
        }
        if (errors.length) throw new Error("annulé");
      }).catch((error) => {
        if (!errors.length) throw error;
      })
    );
  }
  if (errors.length) {
    for (const { line, message } of errors) console.error(`✗ ligne ${line} : ${message}`);
    console.error(`Rien n'a été importé. Corrigez ${file}, puis relancez.`);
    return 1;
  }
  console.log(`${cases.length} cas importés (ceux qui existaient déjà sont mis à jour).`);
  return 0;
}

async function compare(options: { method?: string; profile?: string; report?: string }): Promise<number> {
  const { rows, profil } = await withDatabase(async (sql) => {
    const found = await sql<{ ligne: Comparison }[]>`
      select to_jsonb(c) as ligne from astm.comparer(${options.method ?? null}, ${
      options.profile ?? null
    }) c`;
    const [used] = await sql`
      select nom, methode from astm.profils_calcul
       where case when ${options.profile ?? null}::text is null then depot_id is null and produit_id is null
                  else nom = ${options.profile ?? null} end`;
    return { rows: found.map(({ ligne }) => ligne), profil: used as { nom: string; methode: string } };
  });
  printTable(
    rows.map((row) => [
      `${row.source} ${row.reference}`,
      String(row.volume_15c_attendu_l),
      String(row.volume_15c_l),
      signed(row.ecart_l),
      row.dans_tolerance ? "oui" : "NON",
      signed(row.ecart_une_temperature_l),
      signed(row.ecart_historique_l),
    ]),
    ["cas", "attendu L", "calculé L", "écart L", "±5 L", "une seule température", "formule historique"],
  );
  const within = rows.filter((row) => row.dans_tolerance).length;
  const worst = Math.max(0, ...rows.map((row) => Math.abs(row.ecart_l)));
  console.log(`${within} sur ${rows.length} dans la tolérance ; plus grand écart : ${worst} L.`);
  if (options.report) {
    const how = { methode: options.method ?? profil.methode, profil: profil.nom };
    await Deno.writeTextFile(options.report, await renderReport(rows, how));
    console.log(`Rapport écrit : ${options.report}`);
  }
  return within === rows.length ? 0 : 1;
}

const program = new Command("npm run golden --")
  .description("Compare le moteur de calcul à 15 °C avec les chiffres de l'application de terrain.")
  .helpOption("-h, --help", "affiche cette aide");
program.command("compare")
  .description("compare chaque cas ; code de sortie 1 au-delà de ±5 L")
  .addOption(
    new Option("--method <méthode>", "édition de la norme").choices(["MPMS_11_1_1980", "MPMS_11_1_2004"]),
  )
  .option("--profile <nom>", "profil de calcul (par défaut : celui de SEP)")
  .option("--report <fichier.html>", "écrit aussi une page à lire ou à imprimer")
  .action(async (options) => Deno.exit(await compare(options)));
program.command("import")
  .description("ajoute des cas depuis un fichier CSV, tous ou aucun")
  .argument(
    "<fichier.csv>",
    "colonnes de public.golden_cases, séparées par des virgules ou des points-virgules",
  )
  .action(async (file) => Deno.exit(await importCases(file)));

try {
  await program.parseAsync(["node", "golden", ...Deno.args]);
} catch (error) {
  const { message, hint } = error as { message: string; hint?: string };
  console.error(`✗ ${hint ? `${message} : ${hint}` : message}`);
  Deno.exit(1);
}
