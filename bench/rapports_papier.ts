// A report as a file: seconds and megabytes of each format, by its lines. What a hosted call may draw is read here.
import process from "node:process";
import type { Rapport } from "../supabase/functions/_shared/rapport/forme.ts";
import { FORMATS, LIGNES_MAX, rendre } from "../supabase/functions/_shared/rapport/rendre.ts";
import { type Banc, type Chapitre, duree, entier } from "./mesure.ts";

const TAILLES = [1_000, 3_000];

const litres = (cle: string, libelle: string) => ({
  cle,
  libelle,
  type: "litres" as const,
  decimales: 3,
  devise: null,
});
const texte = (cle: string, libelle: string) => ({
  cle,
  libelle,
  type: "texte" as const,
  decimales: null,
  devise: null,
});

/** A book of movements: the longest report there is, a line a movement. */
function livre(lignes: number): Rapport {
  const jour = (n: number) =>
    new Date(Date.UTC(2026, 0, 1 + Math.floor(n * 364 / lignes))).toISOString().slice(0, 10);
  return {
    entete: {
      nom: "livre",
      titre: "Livre des mouvements",
      depot: { id: "11111111-1111-1111-1111-111111111111", nom: "Dépôt Daipn" },
      zone: "Africa/Lubumbashi",
      du: "2026-01-01",
      au: "2026-12-31",
      connu_a: "2026-12-31T21:59:59.999999Z",
      parametres: {},
      version: 1,
      signatures: [],
      genere_le: "2027-01-01T05:00:00Z",
      genere_par: "Banc",
      lignes,
      sha256: "0".repeat(64),
    },
    sections: [{
      cle: "mouvements",
      titre: "Livre des mouvements",
      colonnes: [
        { cle: "jour", libelle: "Jour", type: "date", decimales: null, devise: null },
        texte("citerne", "Citerne"),
        texte("proprietaire", "Propriétaire"),
        texte("mouvement", "Mouvement"),
        texte("tiers", "Tiers"),
        texte("camion", "Camion"),
        litres("delta_ambiant", "Litres ambiants"),
        litres("delta_15c", "Litres à 15 °C"),
        litres("solde_ambiant", "Solde ambiant"),
        litres("solde_15c", "Solde à 15 °C"),
      ],
      lignes: Array.from({ length: lignes }, (_, n) => ({
        jour: jour(n),
        citerne: `TANK${n % 6 + 1}`,
        proprietaire: n % 3 ? "MONALUXE" : "PARTENAIRE",
        mouvement: n % 2 ? "SORTIE" : "RECEPTION",
        tiers: `Client ${n % 97}`,
        camion: `${1000 + n % 331} AB ${n % 26}`,
        delta_ambiant: n % 2 ? -(n % 30_000) - 0.5 : n % 39_000 + 1,
        delta_15c: n % 2 ? -(n % 29_000) - 0.125 : n % 38_000 + 0.75,
        solde_ambiant: 100_000 + n * 1.25,
        solde_15c: 99_000 + n * 1.125,
      })),
      totaux: null,
      courbe: null,
    }],
  };
}

export async function mesurer({ arguments: tailles }: Banc): Promise<Chapitre[]> {
  const lignes: string[][] = [];
  // Each format's library is read before it is measured.
  for (const format of FORMATS) await rendre(livre(1), format);
  for (const taille of tailles.length ? tailles.map(Number) : TAILLES) {
    const rapport = livre(taille);
    for (const format of FORMATS) {
      let octets = 0;
      const avant = process.cpuUsage();
      const temps = await duree(async () => octets = (await rendre(rapport, format)).octets.length);
      const { user, system } = process.cpuUsage(avant);
      lignes.push([
        entier(taille),
        format,
        (temps / 1000).toFixed(2),
        ((user + system) / 1e6).toFixed(2),
        (octets / 2 ** 20).toFixed(2),
        entier(LIGNES_MAX[format]),
      ]);
    }
  }
  return [{
    titre: "Reports as files",
    sens:
      "A book of movements of so many lines and ten columns, drawn once in each format, in this process. The last " +
      "column is what a door draws at most: a hosted call has two seconds of CPU. Larger ones are `ops rapport`'s.",
    entetes: ["lines", "format", "s", "s of CPU", "MiB", "at most by a door"],
    lignes,
  }];
}
