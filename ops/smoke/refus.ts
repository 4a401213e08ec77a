// What must be refused, and 5.5: what must never be found.
import { createClient } from "@supabase/supabase-js";
import type { Etape } from "../cli/deroulement.ts";
import { type ContexteSmoke, donnees, ecrire, exiger, refusAttendu } from "./contexte.ts";

const peutParler = ({ gens, citerne }: ContexteSmoke) => !!gens && !!citerne;

/** Tables and views that show stock, people or the trace. */
const LUES = ["depots", "citernes", "receptions", "sorties_produit", "stocks_snapshot", "v_stock_actuel"];

export const refusParRole: Etape<ContexteSmoke> = {
  titre: "Refus par rôle",
  malgreEchec: peutParler,
  faire: async (contexte) => {
    const { gens, citerne } = contexte;
    const inconnue = crypto.randomUUID();
    const brouillon = { citerne_id: citerne!.id, volume_ambiant: 1, note: contexte.marque };
    const { error: validation } = await gens!.operateur.supabase.rpc("validate_sortie", { p_id: inconnue });
    exiger(
      validation?.message === "ROLE_FORBIDDEN",
      `validate_sortie par un opérateur : ROLE_FORBIDDEN attendu, ${validation?.message ?? "accepté"} reçu`,
    );
    for (const role of ["lecture", "pca"] as const) {
      await refusAttendu(
        ecrire(contexte, role, "sorties", brouillon),
        ["ROLE_FORBIDDEN"],
        `sortie rédigée par ${role}`,
      );
      await refusAttendu(
        ecrire(contexte, role, "receptions", {
          cours_de_route_id: inconnue,
          citerne_id: citerne!.id,
          volume_ambiant: 1,
        }),
        ["ROLE_FORBIDDEN"],
        `réception écrite par ${role}`,
      );
      const { error } = await gens![role].supabase.from("clients").insert({ nom: contexte.marque });
      exiger(error, `${role} a pu écrire dans clients`);
    }
    await refusAttendu(
      ecrire(contexte, "gerant", "stocks/ajustements", {
        mouvement_type: "RECEPTION",
        mouvement_id: inconnue,
        delta_ambiant: 1,
        delta_15c: 1,
        reason: contexte.marque,
      }),
      ["ROLE_FORBIDDEN"],
      "ajustement par un gérant",
    );
    const traces = donnees(
      await gens!.operateur.supabase.from("log_actions").select("id").limit(1),
      "log_actions",
    );
    exiger(traces.length === 0, "un opérateur lit log_actions");
    // On the test's own row: were the rule broken, nobody's réception would be touched.
    const { error, data } = await gens!.admin.supabase.from("receptions").update({ note: contexte.marque })
      .eq("note", contexte.marque).select("id");
    exiger(error || data?.length === 0, "un admin a pu modifier une réception validée");
    return "opérateur, gérant, pca, lecture, admin";
  },
};

export const refusAnonyme: Etape<ContexteSmoke> = {
  titre: "Refus sans compte",
  malgreEchec: peutParler,
  faire: async ({ portes, citerne }) => {
    const anonyme = createClient(portes!.API_URL, portes!.ANON_KEY, { auth: { persistSession: false } });
    for (const nom of LUES) {
      const { error, data } = await anonyme.from(nom).select("*").limit(1);
      exiger(error || data?.length === 0, `${nom} se lit sans compte`);
    }
    const { error: ecriture } = await anonyme.from("clients").insert({ nom: "anonyme" });
    exiger(ecriture, "clients s'écrit sans compte");
    const { error: rpc } = await anonyme.rpc("validate_sortie", { p_id: crypto.randomUUID() });
    exiger(rpc, "validate_sortie s'appelle sans compte");
    for (const porte of ["stocks/actuel", `sorties?citerne_id=${citerne!.id}`]) {
      for (const jeton of [undefined, portes!.ANON_KEY]) {
        const reponse = await fetch(`${portes!.API_URL}/functions/v1/${porte}`, {
          headers: { apikey: portes!.ANON_KEY, ...(jeton && { authorization: `Bearer ${jeton}` }) },
        });
        await reponse.body?.cancel();
        exiger(reponse.status === 401, `${porte} répond ${reponse.status} sans compte, au lieu de 401`);
      }
    }
    return `${LUES.length} tables et vues, écriture, RPC, fonctions`;
  },
};

export const coherence: Etape<ContexteSmoke> = {
  titre: "5.5 Cohérence : rien de négatif, aucun jour en double, verifier_stocks vide",
  malgreEchec: peutParler,
  faire: async ({ gens, citerne }) => {
    const { supabase } = gens!.admin;
    for (const colonne of ["stock_ambiant", "stock_15c"]) {
      const negatifs = donnees(
        await supabase.from("stocks_journaliers").select("citerne_id, date_jour").lt(colonne, 0).limit(5),
        "stocks_journaliers",
      );
      exiger(negatifs.length === 0, `${colonne} négatif : ${JSON.stringify(negatifs)}`);
    }
    const jours = donnees(
      await supabase.from("stocks_journaliers").select("date_jour, proprietaire_type")
        .eq("citerne_id", citerne!.id).order("date_jour", { ascending: false }).limit(500),
      "stocks_journaliers",
    );
    const cles = jours.map((jour) => `${jour.date_jour} ${jour.proprietaire_type}`);
    exiger(new Set(cles).size === cles.length, `un jour de ${citerne!.nom} est en double`);
    const ecarts = donnees(await supabase.rpc("verifier_stocks"), "verifier_stocks") as unknown[];
    exiger(ecarts.length === 0, `verifier_stocks : ${ecarts.length} écart(s), ${JSON.stringify(ecarts[0])}`);
    return `${jours.length} jour(s) de ${citerne!.nom}, aucun écart`;
  },
};
