// Réceptions and sorties: the same litres, days and authors, with their historical volume at 15 °C.
import type { Ligne, Mouvement, Reception, Sortie } from "../ancienne/lecture.ts";
import { plaqueReprise } from "./camions.ts";
import { colonnesDe, index, mesures, valide, type Volumes, volumes } from "./mesures.ts";
import { motReconnu } from "./lisible.ts";
import { mouvoir } from "./porteurs.ts";
import { tiersInconnu } from "./referentiels.ts";
import { ecritLe, recevable } from "./textes.ts";
import { type Citerne, idDe, litresDe, type Traduction } from "./traduction.ts";

const PROPRIETAIRES = ["MONALUXE", "PARTENAIRE"];
const STATUTS = { receptions: ["validee", "rejetee"], sorties_produit: ["brouillon", "validee", "rejetee"] };

/** The old stock counted « validee » alone, spelled so. */
function statutDe(t: Traduction, table: keyof typeof STATUTS, m: Mouvement): string {
  if (STATUTS[table].includes(m.statut)) return m.statut;
  t.examen.choisir("STATUT_INCONNU", table, m.id, `statut ${m.statut ?? "absent"}`, ["statut"]);
  return table === "receptions" || motReconnu(m.statut, ["rejetee"]) ? "rejetee" : "brouillon";
}

/** What réceptions and sorties have in common; undefined where the row goes to the log. */
function commun(t: Traduction, table: "receptions" | "sorties_produit", m: Mouvement) {
  const citerne = t.citernes.get(m.citerne_id);
  if (!citerne) {
    const fantome = t.source.citernes.some(({ id }) => id === m.citerne_id);
    if (!fantome) t.examen.choisir("REFERENCE_PERDUE", table, m.id, `citerne ${m.citerne_id} absente`, ["*"]);
    t.conserver(table, m.ligne, fantome ? "CITERNE_FANTOME" : "REFERENCE_PERDUE");
    return undefined;
  }
  const statut = statutDe(t, table, m);
  const brouillon = statut === "brouillon" || (table === "sorties_produit" && statut === "rejetee");
  if (!brouillon && !valide(m.volume_ambiant.ml)) {
    t.examen.choisir(
      "VOLUME_NON_POSITIF",
      table,
      m.id,
      `volume_ambiant ${m.volume_ambiant.texte ?? "absent"}`,
      [
        "*",
      ],
    );
    t.conserver(table, m.ligne, "VOLUME_NON_POSITIF");
    return undefined;
  }
  if (m.produit_id !== citerne.produit_id) {
    t.examen.choisir("PRODUIT_DIFFERENT", table, m.id, `produit ${m.produit_id}, citerne ${citerne.nom}`, [
      "produit_id",
    ]);
  }
  let proprietaire = m.proprietaire_type ?? "";
  if (!PROPRIETAIRES.includes(proprietaire)) {
    proprietaire = motReconnu(proprietaire, PROPRIETAIRES) ?? (m.partenaire_id ? "PARTENAIRE" : "MONALUXE");
    t.examen.choisir("PROPRIETAIRE_INCONNU", table, m.id, `${m.proprietaire_type ?? "absent"}`, [
      "proprietaire_type",
    ]);
  }
  let partenaire_id = t.renvoi(m.partenaire_id);
  if (m.partenaire_id && !t.source.partenaires.some(({ id }) => id === m.partenaire_id)) {
    t.examen.choisir("REFERENCE_PERDUE", table, m.id, `partenaire ${m.partenaire_id} absent`, [
      "partenaire_id",
    ]);
    partenaire_id = null;
  }
  if (proprietaire === "PARTENAIRE" && !partenaire_id && table === "receptions") {
    t.examen.choisir("PARTENAIRE_ABSENT", table, m.id, "aucun partenaire", ["partenaire_id"]);
    partenaire_id = tiersInconnu(t, "partenaires");
  }
  const jour = t.jour(
    m.jour,
    m.jour_ecrit,
    table,
    m.id,
    table === "receptions" ? "date_reception" : "date_sortie",
  );
  return {
    citerne,
    jour,
    brouillon,
    ligne: {
      id: m.id,
      citerne_id: citerne.id,
      produit_id: citerne.produit_id,
      depot_id: citerne.depot_id,
      proprietaire_type: proprietaire,
      partenaire_id,
      ...mesures(t, table, m),
      ...(brouillon ? {} : index(t, table, m)),
      note: m.note,
      statut,
      created_by: t.auteur(m.created_by, table, m.id, "created_by"),
      created_at: m.created_at ?? `${jour}T12:00:00Z`,
    } as Ligne,
  };
}

function compter(
  t: Traduction,
  type: "RECEPTION" | "SORTIE",
  m: Mouvement,
  ligne: Ligne,
  jour: string,
  v: Volumes,
) {
  if (m.statut !== "validee") return;
  const signe = type === "RECEPTION" ? 1 : -1;
  const citerne = t.citernes.get(m.citerne_id)!;
  mouvoir(t.compte(citerne, citerne.produit_id, ligne.proprietaire_type as string), {
    type,
    mouvement_type: type,
    mouvement_id: m.id,
    jour,
    ecrit: ligne.created_at as string,
    ambiant: signe * v.ambiant,
    a15: signe * v.a15,
    reste_ambiant: signe * v.reste_ambiant,
    reste_15: signe * v.reste_15,
  });
}

/** A truck of the takeover for a réception that has none of its own. */
function ajouterCamion(t: Traduction, r: Reception, citerne: Citerne, jour: string, modele?: Ligne): string {
  return t.ajouter("cours_de_route", {
    id: idDe("cdr", r.id),
    fournisseur_id: modele?.fournisseur_id ?? tiersInconnu(t, "fournisseurs"),
    depot_destination_id: citerne.depot_id,
    produit_id: citerne.produit_id,
    plaque_camion: plaqueReprise(r.id),
    transporteur: modele?.transporteur ?? null,
    depart_pays: modele?.depart_pays ?? null,
    date_chargement: modele?.date_chargement ?? jour,
    volume: litresDe(r.volume_ambiant.ml!),
    statut: "DECHARGE",
    note: modele
      ? `Reprise : copie du cours de route ${modele.id}, qui avait déjà une réception.`
      : "Reprise : cours de route ajouté à une réception qui n'en avait pas.",
    created_by: t.reprise,
    created_at: ecritLe(t, r.created_at, `${jour}T12:00:00Z`),
  }, `cours de route de la réception ${r.id}`);
}

function camionDe(
  t: Traduction,
  r: Reception,
  citerne: Citerne,
  jour: string,
  camions: Map<unknown, Ligne>,
  pris: Map<string, string>,
  proprietaire: unknown,
): string | null {
  const cdr = r.cours_de_route_id === null ? undefined : camions.get(r.cours_de_route_id);
  if (!cdr) {
    if (r.cours_de_route_id !== null) {
      t.examen.choisir(
        "REFERENCE_PERDUE",
        "receptions",
        r.id,
        `cours de route ${r.cours_de_route_id} absent`,
        [
          "cours_de_route_id",
        ],
      );
    }
    // A partner's fuel comes without a truck of ours.
    if (proprietaire !== "MONALUXE") return null;
    t.examen.choisir(
      "RECEPTION_SANS_CDR",
      "receptions",
      r.id,
      `${citerne.nom}, ${jour}, ${r.volume_ambiant.texte} L`,
      ["cours_de_route_id"],
    );
    return ajouterCamion(t, r, citerne, jour);
  }
  const deja = pris.get(cdr.id as string);
  const etranger = cdr.produit_id !== citerne.produit_id || cdr.depot_destination_id !== citerne.depot_id;
  if (!deja && !etranger) {
    pris.set(cdr.id as string, r.id);
    return cdr.id as string;
  }
  if (deja) {
    t.examen.choisir(
      "DEUX_RECEPTIONS_UN_CDR",
      "receptions",
      r.id,
      `${cdr.plaque_camion}, déjà reçu par ${deja}`,
      [
        "cours_de_route_id",
      ],
    );
  } else {
    t.examen.choisir(
      "PRODUIT_DIFFERENT",
      "receptions",
      r.id,
      `cours de route ${cdr.plaque_camion} d'un autre produit ou dépôt`,
      ["cours_de_route_id"],
    );
  }
  return ajouterCamion(t, r, citerne, jour, cdr);
}

export function traduireReceptions(t: Traduction): void {
  const camions = new Map(
    (t.tables.get("cours_de_route") ?? []).map((cdr) => [cdr.id, cdr] as const),
  );
  const pris = new Map<string, string>();
  // The one that counts comes before one that was rejected.
  const ordre = [...t.source.receptions].sort((a, b) =>
    Number(a.statut !== "validee") - Number(b.statut !== "validee")
  );
  for (const r of ordre) {
    const lu = commun(t, "receptions", r);
    if (!lu) continue;
    const { citerne, jour, ligne } = lu;
    const v = volumes(t, "receptions", r, citerne);
    t.ecrits.add(`RECEPTION ${r.id}`);
    const camion = camionDe(t, r, citerne, jour, camions, pris, ligne.proprietaire_type);
    t.ecrire(
      "receptions",
      recevable(t, "receptions", {
        ...ligne,
        ...colonnesDe(v),
        cours_de_route_id: camion,
        volume_observe: valide(r.volume_observe.ml) ? litresDe(r.volume_observe.ml) : litresDe(v.ambiant),
        date_reception: jour,
        validated_by: r.validated_by && t.auteur(r.validated_by, "receptions", r.id, "validated_by"),
      }),
    );
    compter(t, "RECEPTION", r, ligne, jour, v);
  }
}

function beneficiaire(t: Traduction, s: Sortie, ligne: Ligne): void {
  ligne.client_id = t.renvoi(s.client_id);
  if (s.client_id && !t.source.clients.some(({ id }) => id === s.client_id)) {
    t.examen.choisir("REFERENCE_PERDUE", "sorties_produit", s.id, `client ${s.client_id} absent`, [
      "client_id",
    ]);
    ligne.client_id = null;
  }
  if (ligne.client_id || ligne.partenaire_id || ligne.statut === "brouillon") return;
  t.examen.choisir("BENEFICIAIRE_ABSENT", "sorties_produit", s.id, "ni client ni partenaire", ["client_id"]);
  ligne.client_id = tiersInconnu(t, "clients");
}

export function traduireSorties(t: Traduction): void {
  for (const s of t.source.sorties) {
    const lu = commun(t, "sorties_produit", s);
    if (!lu) continue;
    const { citerne, jour, brouillon, ligne } = lu;
    t.ecrits.add(`SORTIE ${s.id}`);
    beneficiaire(t, s, ligne);
    Object.assign(ligne, {
      date_sortie: jour === s.jour ? s.date_sortie : s.created_at ?? `${jour}T12:00:00Z`,
      date_jour: jour,
      chauffeur_nom: s.chauffeur_nom,
      plaque_camion: s.plaque_camion,
      plaque_remorque: s.plaque_remorque,
      transporteur: s.transporteur,
    });
    if (brouillon) {
      const dit = s.volume_15c.ml ?? s.volume_corrige_15c.ml;
      const perdus = [["volume_ambiant", s.volume_ambiant.texte, s.volume_ambiant.ml], [
        "volume_15c",
        s.volume_15c.texte ?? s.volume_corrige_15c.texte,
        dit,
      ]] as const;
      const nommes = perdus.filter(([, texte, ml]) => texte !== null && !valide(ml)).map(([nom]) => nom);
      if (nommes.length) {
        t.examen.choisir("MESURE_IMPOSSIBLE", "sorties_produit", s.id, nommes.join(", "), nommes);
        t.conserver("sorties_produit", s.ligne, "MESURE_IMPOSSIBLE");
      }
      Object.assign(ligne, {
        volume_ambiant: valide(s.volume_ambiant.ml) ? litresDe(s.volume_ambiant.ml) : null,
        volume_15c: valide(dit) ? litresDe(dit) : null,
        volume_corrige_15c: valide(dit) ? litresDe(dit) : null,
        validated_by: s.validated_by && t.auteur(s.validated_by, "sorties_produit", s.id, "validated_by"),
        motif_rejet: ligne.statut === "rejetee" ? "Rejetée dans l'ancien système" : null,
      });
    } else {
      const v = volumes(t, "sorties_produit", s, citerne);
      Object.assign(ligne, colonnesDe(v), {
        validated_by: t.auteur(s.validated_by, "sorties_produit", s.id, "validated_by"),
      });
      compter(t, "SORTIE", s, ligne, jour, v);
    }
    t.ecrire("sorties_produit", recevable(t, "sorties_produit", ligne));
  }
}
