/* global dessiner, tenirSession, brancherConnexion */
/** Keeps the board up to date: asks every ten seconds for what it does not have, and says how old what it shows is. */
export function demarrerTableau({ cle }) {
  const [CADENCE_MS, VIEUX_MS] = [10_000, 45_000];
  const STATUTS = {
    ARRIVE: "Arrivé",
    FRONTIERE: "À la frontière",
    TRANSIT: "En transit",
    CHARGEMENT: "Au chargement",
  };
  const TYPES = {
    RECEPTION: "Réception",
    SORTIE: "Sortie",
    AJUSTEMENT: "Ajustement",
    TRANSFERT: "Transfert",
    STOCK_INITIAL: "Stock initial",
    DILATATION: "Dilatation",
    REGULARISATION: "Régularisation",
    CESSION: "Cession",
    TRANSFERT_DEPOT: "Transfert entre dépôts",
  };
  const QUI = { MONALUXE: "Monaluxe", PARTENAIRE: "Partenaire" };
  const session = tenirSession(cle);
  const $ = (id) => document.getElementById(id);
  let [connu, etiquette, minuterie, echecs, depot] = [
    undefined,
    undefined,
    undefined,
    0,
    new URLSearchParams(location.search).get("depot") ?? "",
  ];
  let luLe = 0;

  const etatDeLaCiterne = ({ statut, stock_ambiant, capacite_securite, capacite_totale }) => {
    if (statut === "maintenance") return ["attente", "En maintenance"];
    if (statut === "inactive") return ["attente", "Inactive"];
    if (stock_ambiant < capacite_securite) return ["alerte", "Sous la sécurité"];
    return stock_ambiant >= capacite_totale * 0.95 ? ["attente", "Presque pleine"] : [undefined, ""];
  };

  const montrerCiterne = (d, citerne, jour) => {
    const { h, litres } = d;
    const [genre, dit] = etatDeLaCiterne(citerne);
    const part = (citerne.stock_ambiant / citerne.capacite_totale) * 100;
    const partages = citerne.proprietaires.filter(({ stock_ambiant }) => stock_ambiant > 0);
    const paire = (nom, valeur) => h("div", {}, h("dt", {}, nom), h("dd", {}, valeur));
    return h(
      "li",
      { class: "citerne", "data-etat": genre },
      d.cuve(citerne),
      h(
        "div",
        { class: "dit" },
        h("h3", {}, citerne.citerne_nom, " ", h("span", { class: "doux" }, citerne.produit_nom)),
        dit ? h("p", { class: "signal" }, dit) : undefined,
        h("p", { class: "stock" }, litres(citerne.stock_ambiant)),
        h(
          "dl",
          {},
          paire("à 15 °C", litres(citerne.stock_15c)),
          paire("rempli", `${d.nombre(part)} %`),
          paire("place", litres(citerne.capacite_totale - citerne.stock_ambiant)),
          paire("sécurité", litres(citerne.capacite_securite)),
          ...(partages.length > 1 || partages[0]?.proprietaire_type === "PARTENAIRE"
            ? partages.map((un) => paire(QUI[un.proprietaire_type], litres(un.stock_ambiant)))
            : []),
        ),
      ),
      d.courbe(jour, Date.now()),
    );
  };

  const rangee = ({ h }, cellules) =>
    h(
      "tr",
      {},
      ...cellules.map(([nom, valeur, classe]) => h("td", { class: classe, "data-nom": nom }, valeur)),
    );

  const montrerCamions = (d, camions) => {
    $("camions").replaceChildren(...camions.map((camion) =>
      rangee(d, [
        ["Camion", [camion.plaque_camion, camion.plaque_remorque].filter(Boolean).join(" · ")],
        ["Où", STATUTS[camion.statut]],
        ["Produit", camion.produit_nom],
        ["Annoncé", d.litres(camion.volume), "nombre"],
        ["Fournisseur", camion.fournisseur_nom ?? "—"],
        ["Chargé le", camion.date_chargement.split("-").reverse().slice(0, 2).join("/")],
      ])
    ));
    const parStatut = Object.keys(STATUTS).map((statut) =>
      camions.filter((camion) => camion.statut === statut)
    );
    $("resume-camions").textContent = camions.length
      ? parStatut.filter((eux) => eux.length).map((eux) =>
        `${STATUTS[eux[0].statut].toLowerCase()} : ${eux.length}, ${
          d.litres(eux.reduce((total, { volume }) => total + volume, 0))
        }`
      ).join(" ; ")
      : "Aucun camion en route.";
    $("table-camions").hidden = !camions.length;
  };

  /** What is new is said aloud, once; the rest waits to be read. */
  const montrerAlertes = (d, alertes) => {
    $("section-alertes").hidden = !alertes;
    if (!alertes) return undefined;
    const { nombre, critiques, premieres } = alertes;
    $("alertes").replaceChildren(...premieres.map(({ severity, status, message, ouverte_le }) =>
      d.h(
        "li",
        { "data-etat": severity === "CRITICAL" ? "alerte" : "attente" },
        d.h("strong", {}, severity === "CRITICAL" ? "Critique" : "À voir"),
        ` ${message} `,
        d.h(
          "span",
          { class: "doux" },
          `depuis ${d.moment(ouverte_le)}${status === "ACK" ? ", prise en compte" : ""}`,
        ),
      )
    ));
    const autres = nombre - premieres.length;
    $("resume-alertes").textContent = nombre
      ? `${nombre} en cours, ${critiques} critique${critiques > 1 ? "s" : ""}${
        autres > 0 ? ` ; les ${premieres.length} premières sont ici` : ""
      }.`
      : "Aucune alerte en cours.";
    const neuve = connu && premieres.find(({ id }) => !connu.alertes?.premieres.some((une) => une.id === id));
    return neuve && `Alerte : ${neuve.message}.`;
  };

  const montrerMouvements = (d, { mouvements, date_jour }) => {
    $("mouvements").replaceChildren(...mouvements.map((un) =>
      rangee(d, [
        [
          "Quand",
          un.date_jour === date_jour
            ? d.heure(un.created_at)
            : un.date_jour.split("-").reverse().slice(0, 2).join("/"),
        ],
        ["Mouvement", TYPES[un.mouvement_type] ?? un.mouvement_type],
        ["Citerne", un.citerne_nom],
        ["Litres", d.variation(un.delta_ambiant), "nombre"],
        ["à 15 °C", d.variation(un.delta_15c), "nombre"],
        ["À qui", QUI[un.proprietaire_type]],
      ])
    ));
    $("aucun-mouvement").hidden = mouvements.length > 0;
    $("table-mouvements").hidden = !mouvements.length;
  };

  const montrer = (tableau) => {
    const d = dessiner(tableau.fuseau);
    const ouverts = new Set(
      [...document.querySelectorAll(".citerne details[open]")].map((e) => e.closest("li").id),
    );
    $("depot").textContent = tableau.depot_nom;
    document.title = `${tableau.depot_nom} · Tableau · Monaluxe`;
    $("citernes").replaceChildren(...tableau.citernes.map((citerne) => {
      const element = montrerCiterne(d, citerne, tableau.jour[citerne.citerne_id]);
      element.id = `citerne-${citerne.citerne_id}`;
      // Whoever reads the hours of a tank keeps reading them.
      if (ouverts.has(element.id)) element.querySelector("details")?.setAttribute("open", "");
      return element;
    }));
    $("sans-citerne").hidden = tableau.citernes.length > 0;
    montrerCamions(d, tableau.camions);
    const alerte = montrerAlertes(d, tableau.alertes);
    montrerMouvements(d, tableau);
    const change = connu && tableau.mouvements[0];
    const bouge = change && change.mouvement_id !== connu.mouvements[0]?.mouvement_id
      ? `${TYPES[change.mouvement_type] ?? change.mouvement_type} : ${change.citerne_nom}, ${
        d.variation(change.delta_ambiant)
      }.`
      : undefined;
    if (alerte || bouge) $("annonce").textContent = [alerte, bouge].filter(Boolean).join(" ");
    connu = tableau;
  };

  const direAge = () => {
    const vieux = luLe > 0 && Date.now() - luLe > VIEUX_MS;
    const quand = new Date(luLe).toLocaleTimeString("fr-FR", { timeZone: connu?.fuseau });
    $("age").dataset.etat = vieux ? "alerte" : "bon";
    $("age").textContent = luLe ? `À jour à ${quand}` : "Lecture…";
    $("vieux").hidden = !vieux;
    const dit = `Plus de nouvelles depuis ${quand} : ce qui est affiché date d’alors. Nouvel essai en cours.`;
    if (vieux && $("vieux").textContent !== dit) $("vieux").textContent = dit;
  };

  const oublier = () => {
    [connu, etiquette, luLe] = [undefined, undefined, 0];
    $("tableau").hidden = true;
    $("accueil").hidden = false;
    $("vieux").hidden = true;
    document.title = "Tableau · Monaluxe";
  };

  const choisirDepot = async (jeton) => {
    const reponse = await fetch("/rest/v1/depots?select=id,nom&order=nom", {
      headers: { apikey: cle, authorization: `Bearer ${jeton}` },
    });
    const depots = reponse.ok ? await reponse.json() : [];
    $("choix").hidden = depots.length < 2;
    $("choix-depot").replaceChildren(
      ...depots.map(({ id, nom }) => new Option(nom, id, false, id === connu?.depot_id)),
    );
  };

  const lire = async () => {
    const jeton = await session.jeton();
    if (!jeton) return oublier();
    const premiere = !connu;
    const reponse = await fetch(
      `/functions/v1/kpi/tableau${depot ? `?depot_id=${encodeURIComponent(depot)}` : ""}`,
      {
        headers: {
          apikey: cle,
          authorization: `Bearer ${jeton}`,
          ...(etiquette && { "if-none-match": etiquette }),
        },
        cache: "no-store",
        signal: AbortSignal.timeout(20_000),
      },
    );
    if (reponse.status === 401) {
      await session.fermer();
      return oublier();
    }
    if (reponse.status === 304) {
      luLe = Date.now();
      return;
    }
    const corps = await reponse.json();
    if (!reponse.ok) {
      // Refused for good: who asks, or what is asked for, is not right. The rest passes.
      if ([403, 404, 422].includes(reponse.status)) {
        depot = "";
        await session.fermer();
        oublier();
        $("refus").textContent = corps.detail;
        return;
      }
      throw new Error(corps.detail);
    }
    etiquette = reponse.headers.get("etag");
    luLe = Date.now();
    montrer(corps);
    $("accueil").hidden = true;
    $("tableau").hidden = false;
    if (premiere) await choisirDepot(jeton);
  };

  const suivre = async () => {
    clearTimeout(minuterie);
    try {
      await lire();
      echecs = 0;
    } catch {
      echecs++;
    }
    direAge();
    // Spread out, so that a hundred screens that were lit at once do not ask at once; slower while nobody answers.
    if (document.hidden || !$("accueil").hidden) return;
    minuterie = setTimeout(suivre, Math.min(60_000, CADENCE_MS * 2 ** echecs) * (0.9 + Math.random() / 5));
  };

  brancherConnexion(session, suivre);
  $("sortir").addEventListener("click", async () => {
    clearTimeout(minuterie);
    await session.fermer();
    oublier();
    $("courriel").focus();
  });
  $("choix-depot").addEventListener("change", ({ target }) => {
    depot = target.value;
    history.replaceState(null, "", `?depot=${depot}`);
    etiquette = undefined;
    suivre();
  });
  document.addEventListener("visibilitychange", () => document.hidden ? clearTimeout(minuterie) : suivre());
  setInterval(direAge, 5_000);
  suivre();
}
