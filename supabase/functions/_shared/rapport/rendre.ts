// A report as a file of the format that was asked for: a function of its data alone. Same report, same bytes.
import type { Fichier } from "../acte.ts";
import { nomDuFichier } from "./ecrire.ts";
import type { Rapport } from "./forme.ts";

export const FORMATS = ["json", "csv", "xlsx", "pdf", "html"] as const;
export type Format = (typeof FORMATS)[number];

/** Media types of the files, JSON apart. */
export const TYPES: Record<Exclude<Format, "json">, string> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
  html: "text/html; charset=utf-8",
};

/** Lines that are drawn within the two seconds of CPU that a hosted call has. `ops rapport` draws any number. */
export const LIGNES_MAX: Record<Format, number> = {
  json: 50_000,
  csv: 50_000,
  xlsx: 20_000,
  pdf: 3_000,
  html: 20_000,
};

const octets = (texte: string) => new TextEncoder().encode(texte);

/** Each format's own library is read when it is first asked for: the others do not wait for it. */
const RENDRE: Record<Format, (rapport: Rapport) => Promise<Uint8Array>> = {
  json: (rapport) => Promise.resolve(octets(JSON.stringify(rapport))),
  csv: async (rapport) => octets((await import("./csv.ts")).rapportCsv(rapport)),
  xlsx: async (rapport) => await (await import("./classeur.ts")).rapportXlsx(rapport),
  pdf: async (rapport) => await (await import("./papier.ts")).imprimerRapport(rapport),
  html: async (rapport) => octets(await (await import("./page.ts")).rapportHtml(rapport)),
};

export const rendre = async (rapport: Rapport, format: Format): Promise<Fichier> => ({
  nom: `${nomDuFichier(rapport)}.${format}`,
  type: format === "json" ? "application/json" : TYPES[format],
  octets: await RENDRE[format](rapport),
});
