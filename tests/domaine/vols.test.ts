// How many times a request waits for the database: a flight each, on a connection of its own and behind a pooler alike.
import assert from "node:assert/strict";
import { listDomains } from "../../ops/pile/functions.ts";
import type { UnActe } from "../../supabase/functions/_shared/acte.ts";
import { tendreFil } from "../support/coupure.ts";
import { startFonction } from "../support/fonction.ts";
import { porteur } from "../support/jetons.ts";
import { type Monde, monde, status, test, token } from "../support/monde.ts";
import { startPooler } from "../support/pooler.ts";
import { ouvrirLesVentes } from "./ventes/reponses.ts";

/** Of so many requests the cheapest: another may have met the process saying its counts, and taken another connection. */
const ESSAIS = 6;

type Envoi = [adresse: string, corps?: unknown];

/** What somebody asks of a door: at once for each try, so that nothing but the asking is counted. */
interface Geste {
  domaine: string;
  par: "admin" | "gerant" | "operateur";
  envoi: () => Envoi | Promise<Envoi>;
  /** Without its key. */
  sansCle?: true;
  /** Of what is neither sent nor asked. */
  methode?: "PUT";
}

async function lesGestes(m: Monde): Promise<Record<string, Geste>> {
  await ouvrirLesVentes(m);
  const { id: recue } = await m.recevoir(100_000);
  const lecteur = await m.personne("lecture");
  const { data: profil } = await lecteur.supabase.from("current_user_profile").select("id").single();
  const [citerne_id, destination] = m.citernes;
  const mesure = { volume_ambiant: 1, temperature_ambiante_c: 15 };
  const sortie = { citerne_id, client_id: m.client, ...mesure };
  const rediger = (adresse: string) => ({
    domaine: "sorties",
    par: "gerant" as const,
    envoi: (): Envoi => [adresse, sortie],
  });
  const valider = {
    domaine: "sorties",
    par: "gerant" as const,
    envoi: async (): Promise<Envoi> => [`/${(await m.rediger(1)).id}/valider`, {}],
  };
  return {
    "rédiger une sortie": { ...rediger(""), sansCle: true },
    "rédiger une sortie, avec sa clé": rediger(""),
    "rédiger et valider": rediger("?valider=true"),
    "valider": { ...valider, sansCle: true },
    "valider, avec sa clé": valider,
    "annoncer un camion": {
      domaine: "cours-de-route",
      par: "operateur",
      envoi: () => ["", {
        fournisseur_id: m.fournisseur,
        depot_destination_id: m.depot,
        produit_id: m.produit,
        plaque_camion: crypto.randomUUID(),
        volume: 100,
      }],
    },
    "recevoir un camion": {
      domaine: "receptions",
      par: "operateur",
      envoi: async () => ["", { citerne_id, cours_de_route_id: await m.camionArrive(1), ...mesure }],
    },
    "recevoir un camion en deux citernes": {
      domaine: "receptions",
      par: "operateur",
      envoi: async () => ["", {
        cours_de_route_id: await m.camionArrive(2),
        temperature_ambiante_c: 15,
        lignes: [{ citerne_id, volume_ambiant: 1 }, { citerne_id: destination, volume_ambiant: 1 }],
      }],
    },
    "ajuster": {
      domaine: "stocks",
      par: "admin",
      envoi: () => ["/ajustements", {
        mouvement_type: "RECEPTION",
        mouvement_id: recue,
        delta_ambiant: -1,
        delta_15c: -1,
        reason: "jauge relue après dépotage",
      }],
    },
    "transférer": {
      domaine: "stocks",
      par: "gerant",
      envoi: () => ["/transferts", {
        citerne_source_id: citerne_id,
        citerne_destination_id: destination,
        ...mesure,
      }],
    },
    "vendre au comptant": {
      domaine: "ventes",
      par: "gerant",
      envoi: () => ["/comptant", {
        sortie,
        bon_livraison: { recu_par: "M. Ilunga" },
        paiement: { mode: "CASH", devise: "CDF", montant_remis: 100_000 },
      }],
    },
    "convertir": {
      domaine: "astm",
      par: "operateur",
      envoi: () => ["/convertir", {
        quantite: 30,
        unite: "T_AIR",
        densite_a_15_kgm3: 840,
        temperature_produit_c: 25,
      }],
    },
    "contrôler": { domaine: "alertes", par: "admin", envoi: () => ["/controler", {}] },
    "fermer l'accès à quelqu'un": {
      domaine: "profils",
      par: "admin",
      envoi: () => [`/${profil!.id}/desactiver`, {}],
    },
    "lister": { domaine: "sorties", par: "gerant", envoi: () => [""], sansCle: true },
    "lister des choisies": {
      domaine: "sorties",
      par: "gerant",
      envoi: () => [`?citerne_id=${citerne_id}&du=2020-01-01&limit=2`],
      sansCle: true,
    },
    "lister en fichier": { domaine: "sorties", par: "gerant", envoi: () => ["?format=csv"], sansCle: true },
    "lister le journal": { domaine: "journal", par: "admin", envoi: () => [""], sansCle: true },
    "lire une sortie": {
      domaine: "sorties",
      par: "gerant",
      envoi: async () => [`/${(await m.rediger(1)).id}`],
      sansCle: true,
    },
    "lire une journée": { domaine: "kpi", par: "gerant", envoi: () => ["/jour"], sansCle: true },
    "lire un rapport, ce qui se note": {
      domaine: "rapports",
      par: "gerant",
      envoi: () => ["/journalier"],
      sansCle: true,
    },
    "régler une option": {
      domaine: "flags",
      par: "admin",
      envoi: () => ["/sortie_directe_compat", { enabled: false }],
      methode: "PUT",
      sansCle: true,
    },
  };
}

async function compter(databaseUrl: string, more: Record<string, string>): Promise<Record<string, number>> {
  const m = await monde();
  const gestes = Object.entries(await lesGestes(m));
  const jetons = Object.fromEntries(
    await Promise.all(
      ["admin", "gerant", "operateur"].map(async (role) =>
        [role, porteur(await token(await m.personne(role as Geste["par"])))] as const
      ),
    ),
  );
  const fil = await tendreFil(databaseUrl);
  const comptes: Record<string, number> = {};
  try {
    for (const domaine of new Set(gestes.map(([, geste]) => geste.domaine))) {
      const porte = await startFonction(domaine, { SUPABASE_DB_URL: fil.url, ...more });
      try {
        for (
          const [nom, { par, envoi, sansCle, methode }] of gestes.filter(([, geste]) =>
            geste.domaine === domaine
          )
        ) {
          const vols: number[] = [];
          for (let essai = 0; essai < ESSAIS; essai++) {
            const [adresse, corps] = await envoi();
            const avant = fil.vols().length;
            const answer = await porte.demander(adresse, {
              method: methode ?? (corps ? "POST" : "GET"),
              headers: { ...jetons[par], ...(!sansCle && { "idempotency-key": crypto.randomUUID() }) },
              body: corps === undefined ? undefined : JSON.stringify(corps),
            });
            assert.ok(answer.ok, `${nom} : ${await answer.text()}`);
            vols.push(fil.vols().length - avant);
          }
          comptes[nom] = Math.min(...vols);
        }
      } finally {
        await porte.stop();
      }
    }
    return comptes;
  } finally {
    await fil.fermer();
  }
}

const exigerUnVol = (comptes: Record<string, number>) =>
  assert.deepEqual(comptes, Object.fromEntries(Object.keys(comptes).map((nom) => [nom, 1])));

test("an act is one flight to the database, its Idempotency-Key and its answer included; so is a page of a list", async () => {
  exigerUnVol(await compter(status.DB_URL, {}));
});

test("behind a transaction pooler, which keeps no statement, too", async () => {
  const pooler = await startPooler(status.DB_URL, 2);
  try {
    exigerUnVol(await compter(pooler.url, { DB_POOLER: "transaction" }));
  } finally {
    await pooler.stop();
  }
});

/** Doors that cannot be one statement, and why. */
const PLUSIEURS: Record<string, string> = {
  "POST documents/": "its file may go to a bucket first",
  "POST documents/:id/remplacer": "its file may go to a bucket first",
  "GET documents/:id/contenu": "its bytes may come from a bucket",
  "POST documents/impressions": "the paper is drawn, and may go to a bucket",
  "GET journal/verification": "it reads the whole log: longer than a statement of a door may take",
  "GET ops/pret-production": "it knocks at other servers",
  "POST paiements/factures/:id/session": "the provider is asked",
  "POST profils/": "Auth makes the account",
  "POST securite/totp/inscrire": "the secret is encrypted between two questions",
  "POST securite/totp/confirmer": "what was wrong stays counted though the answer says no",
  "POST securite/totp/prouver": "what was wrong stays counted though the answer says no",
  "POST securite/codes-secours": "its answer holds a secret, kept with no key",
  "POST securite/codes-secours/prouver": "what was wrong stays counted though the answer says no",
  "POST synchronisation/": "each act of a batch is a door's own transaction",
  "GET synchronisation/:lot": "its acts are told in the words of their doors",
  "POST synchronisation/:lot/abandonner": "its acts are told in the words of their doors",
};

test("every door is one statement, but for those that say why not", async () => {
  const plusieurs: string[] = [];
  for (const domaine of await listDomains()) {
    const { actes }: { actes: UnActe[] } = await import(`../../supabase/functions/${domaine}/actes.ts`);
    for (const un of actes) {
      if (!("public" in un) && !un.appel) plusieurs.push(`${un.methode} ${domaine}${un.chemin}`);
    }
  }
  assert.deepEqual(plusieurs.toSorted(), Object.keys(PLUSIEURS).toSorted());
});
