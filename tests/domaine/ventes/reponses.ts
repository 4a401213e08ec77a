// A sale through its doors, from a price to a receipt: what each of them answers.
import type { Person } from "../../../ops/pile/client.ts";
import { fetchPorte, type Monde, sql, token } from "../../support/monde.ts";

const aujourdhui = () => new Date(Date.now() + 2 * 3600_000).toISOString().slice(0, 10);

/** A depot that may sell: its numbers' code, the day's rate, a price. */
export async function ouvrirLesVentes(m: Monde, prix_ht = 1.5): Promise<void> {
  const directeur = await m.personne("directeur");
  const code = Array.from({ length: 6 }, () => String.fromCharCode(65 + Math.floor(Math.random() * 26))).join(
    "",
  );
  await sql`update public.depots set code = ${code} where id = ${m.depot}`;
  await directeur.call("POST", "ventes/taux-change", {
    devise: "USD",
    jour: aujourdhui(),
    taux_cdf: 2800,
    source: "BCC",
  });
  await directeur.call("POST", "ventes/tarifs", {
    produit_id: m.produit,
    depot_id: m.depot,
    devise: "USD",
    base: "L15",
    prix_ht,
    valide_du: "2026-01-01",
    motif: "Prix du dépôt",
  });
}

/** What a paper says, for who asks for JSON. */
async function papier(person: Person, address: string): Promise<unknown> {
  const answer = await fetchPorte(address, {
    headers: { authorization: `Bearer ${await token(person)}`, accept: "application/json" },
  });
  return await answer.json();
}

/** One answer of each door of ventes. */
export async function ventes(m: Monde): Promise<Record<string, () => Promise<unknown>>> {
  const [directeur, gerant] = await Promise.all([m.personne("directeur"), m.personne("gerant")]);
  await ouvrirLesVentes(m);
  const sortir = async () => {
    const { id } = await m.rediger(10);
    await gerant.call("POST", `sorties/${id}/valider`, {});
    return id;
  };
  const preparer = async (sortie: string) =>
    await gerant.call<{ id: string }>("POST", "ventes/factures", {
      client_id: m.client,
      depot_id: m.depot,
      sorties: [sortie],
      services: [{ designation: "Passage au dépôt", quantite: 2, prix_ht: 3.5, tva_groupe: "B" }],
    });
  const livree = await sortir();
  const bon = await gerant.call<{ id: string }>("POST", "ventes/bons-livraison", {
    sortie_id: livree,
    lieu: "Likasi",
  });
  const [brouillon, perdu] = [await preparer(livree), await preparer(await sortir())];
  const encaisser = (statut: string) =>
    gerant.call<{ id: string }>("POST", "ventes/encaissements", {
      depot_id: m.depot,
      client_id: m.client,
      mode: "VIREMENT",
      reference: crypto.randomUUID(),
      montant: 500,
      statut,
    });
  const [paye, attend] = [await encaisser("CONFIRME"), await encaisser("EN_ATTENTE")];
  const [autre, annule] = [await sortir(), await encaisser("CONFIRME")];
  const bonPerdu = await gerant.call<{ id: string }>("POST", "ventes/bons-livraison", { sortie_id: autre });
  const facture = `ventes/factures/${brouillon.id}`;
  const tarif = await directeur.call<{ id: string }>("POST", "ventes/tarifs", {
    produit_id: m.produit,
    client_id: m.client,
    depot_id: m.depot,
    devise: "CDF",
    base: "AMB",
    prix_ht: 4000,
    valide_du: "2026-01-01",
    motif: "Prix du client",
  });
  const commander = () =>
    gerant.call<{ id: string }>("POST", "ventes/commandes", {
      depot_id: m.depot,
      client_id: m.client,
      produit_id: m.produit,
      quantite: 500,
      reference_client: "BC 12",
    });
  const [commande, abandonnee, oubliee] = [await commander(), await commander(), await commander()];
  const commandee = await sortir();
  const confirmee = await gerant.call("POST", `ventes/commandes/${commande.id}/confirmer`, {});
  await gerant.call("POST", `ventes/commandes/${abandonnee.id}/confirmer`, {});
  const rattachee = await gerant.call("POST", `ventes/commandes/${commande.id}/sorties`, {
    sortie_id: commandee,
  });
  await sql`update public.clients set email = 'compta@client.monaluxe.test' where id = ${m.client}`;
  const emise = await gerant.call("POST", `${facture}/emettre`, {});
  const releve = await gerant.call<{ id: string }>("POST", `ventes/clients/${m.client}/releves`, {});
  return {
    "ventes POST /tarifs": () => Promise.resolve(tarif),
    "ventes GET /tarifs": () => gerant.call("GET", `ventes/tarifs?depot_id=${m.depot}`),
    "ventes POST /tarifs/:id/clore": () =>
      directeur.call("POST", `ventes/tarifs/${tarif.id}/clore`, {
        valide_au: aujourdhui(),
        motif: "Fin du contrat",
      }),
    "ventes POST /taux-change": () =>
      directeur.call("POST", "ventes/taux-change", {
        devise: "USD",
        jour: "2026-01-15",
        taux_cdf: 2790,
        source: "MANUEL",
      }),
    "ventes GET /taux-change": () => gerant.call("GET", "ventes/taux-change?devise=USD"),
    "ventes GET /encours": () => gerant.call("GET", "ventes/encours"),
    "ventes GET /caisse/jours": () => gerant.call("GET", `ventes/caisse/jours?depot_id=${m.depot}`),
    "ventes PUT /clients/:id/conditions": () =>
      directeur.call("PUT", `ventes/clients/${m.client}/conditions`, { plafond: 10_000, delai_jours: 30 }),
    "ventes GET /clients/:id/encours": () => gerant.call("GET", `ventes/clients/${m.client}/encours`),
    "ventes POST /clients/:id/derogations": () =>
      directeur.call("POST", `ventes/clients/${m.client}/derogations`, {
        montant_max: 100,
        expire_le: "2034-01-01T00:00:00Z",
        motif: "Accord de la direction",
      }),
    "ventes GET /derogations": () => gerant.call("GET", `ventes/derogations?client_id=${m.client}`),
    "ventes GET /clients/:id/releve": () =>
      gerant.call("GET", `ventes/clients/${m.client}/releve?du=2026-01-01`),
    "ventes POST /commandes": () => Promise.resolve(commande),
    "ventes GET /commandes": () => gerant.call("GET", `ventes/commandes?depot_id=${m.depot}`),
    "ventes GET /commandes/:id": () => gerant.call("GET", `ventes/commandes/${commande.id}`),
    "ventes POST /commandes/:id/confirmer": () => Promise.resolve(confirmee),
    "ventes POST /commandes/:id/supprimer": () =>
      gerant.call("POST", `ventes/commandes/${oubliee.id}/supprimer`, {}),
    "ventes POST /commandes/:id/sorties": () => Promise.resolve(rattachee),
    "ventes POST /commandes/:id/detacher": () =>
      gerant.call("POST", `ventes/commandes/${commande.id}/detacher`, {
        sortie_id: commandee,
        motif: "Sortie d'une autre commande",
      }),
    "ventes POST /commandes/:id/solder": () =>
      gerant.call("POST", `ventes/commandes/${commande.id}/solder`, { motif: "Le client y renonce" }),
    "ventes POST /commandes/:id/annuler": () =>
      gerant.call("POST", `ventes/commandes/${abandonnee.id}/annuler`, { motif: "Prise par erreur" }),
    "ventes GET /commandes/:id/pdf": () => papier(gerant, `ventes/commandes/${commande.id}/pdf`),
    "ventes POST /bons-livraison": () => Promise.resolve(bon),
    "ventes GET /bons-livraison": () => gerant.call("GET", `ventes/bons-livraison?depot_id=${m.depot}`),
    "ventes GET /bons-livraison/:id": () => gerant.call("GET", `ventes/bons-livraison/${bon.id}`),
    "ventes POST /bons-livraison/:id/confirmer": () =>
      gerant.call("POST", `ventes/bons-livraison/${bonPerdu.id}/confirmer`, { recu_par: "M. Kasongo" }),
    "ventes POST /bons-livraison/:id/annuler": () =>
      directeur.call("POST", `ventes/bons-livraison/${bonPerdu.id}/annuler`, {
        motif: "Mauvais destinataire",
      }),
    "ventes GET /sorties-a-facturer": () =>
      gerant.call("GET", `ventes/sorties-a-facturer?depot_id=${m.depot}`),
    "ventes POST /factures": () => Promise.resolve(brouillon),
    "ventes POST /factures/lot": () =>
      gerant.call("POST", "ventes/factures/lot", { depot_id: m.depot, une_par_sortie: true }),
    "ventes GET /factures": () => gerant.call("GET", `ventes/factures?depot_id=${m.depot}`),
    "ventes GET /factures/:id": () => gerant.call("GET", facture),
    "ventes POST /factures/:id/emettre": () => Promise.resolve(emise),
    "ventes POST /factures/:id/supprimer": () =>
      gerant.call("POST", `ventes/factures/${perdu.id}/supprimer`, {}),
    "ventes POST /factures/:id/avoirs": () =>
      gerant.call("POST", `${facture}/avoirs`, { nature: "RAN", motif: "Facturé au mauvais client" }),
    "ventes GET /marges": () => directeur.call("GET", `ventes/marges?depot_id=${m.depot}`),
    "ventes POST /factures/:id/envoyer": () => gerant.call("POST", `${facture}/envoyer`, {}),
    "ventes POST /encaissements/:id/envoyer": () =>
      gerant.call("POST", `ventes/encaissements/${paye.id}/envoyer`, {}),
    "ventes POST /releves/:id/envoyer": () => gerant.call("POST", `ventes/releves/${releve.id}/envoyer`, {}),
    "ventes GET /factures/:id/pdf": () => papier(gerant, `${facture}/pdf`),
    "ventes GET /encaissements/:id/recu.pdf": () =>
      papier(gerant, `ventes/encaissements/${paye.id}/recu.pdf`),
    "ventes GET /bons-livraison/:id/pdf": () => papier(gerant, `ventes/bons-livraison/${bonPerdu.id}/pdf`),
    "ventes GET /clients/:id/releve.pdf": () => papier(gerant, `ventes/clients/${m.client}/releve.pdf`),
    "ventes POST /clients/:id/releves": () => Promise.resolve(releve),
    "ventes GET /releves": () => gerant.call("GET", `ventes/releves?client_id=${m.client}`),
    "ventes GET /releves/:id/pdf": () => papier(gerant, `ventes/releves/${releve.id}/pdf`),
    "ventes POST /fiscal/transmettre": () => gerant.call("POST", "ventes/fiscal/transmettre", {}),
    "ventes POST /comptant": () =>
      gerant.call("POST", "ventes/comptant", {
        sortie: {
          citerne_id: m.citernes[0],
          client_id: m.client,
          volume_ambiant: 10,
          temperature_ambiante_c: 15,
        },
        bon_livraison: { recu_par: "M. Ilunga" },
        paiement: { mode: "CASH", devise: "CDF", montant_remis: 100_000 },
      }),
    "ventes POST /encaissements": () => Promise.resolve(paye),
    "ventes GET /encaissements": () => gerant.call("GET", `ventes/encaissements?depot_id=${m.depot}`),
    "ventes GET /encaissements/:id": () => gerant.call("GET", `ventes/encaissements/${paye.id}`),
    "ventes POST /encaissements/:id/confirmer": () =>
      gerant.call("POST", `ventes/encaissements/${attend.id}/confirmer`, {}),
    "ventes POST /encaissements/:id/annuler": () =>
      directeur.call("POST", `ventes/encaissements/${annule.id}/annuler`, { motif: "Virement rejeté" }),
    "ventes POST /encaissements/:id/rembourser": () =>
      directeur.call("POST", `ventes/encaissements/${attend.id}/rembourser`, {
        montant: 1,
        mode: "CASH",
        reference: crypto.randomUUID(),
        motif: "Trop perçu au guichet",
      }),
    "ventes GET /balance-agee": () => gerant.call("GET", `ventes/balance-agee?client_id=${m.client}`),
    "ventes POST /caisse/clotures": () =>
      gerant.call("POST", "ventes/caisse/clotures", {
        depot_id: m.depot,
        devise: "USD",
        jour: "2026-01-15",
        compte: 0,
      }),
    "ventes GET /caisse/clotures": () => gerant.call("GET", `ventes/caisse/clotures?depot_id=${m.depot}`),
  };
}
