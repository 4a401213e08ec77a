/** How a tank and its day are drawn. Every drawing has its words, every curve its table. */
export function dessiner(fuseau) {
  const SVG = "http://www.w3.org/2000/svg";
  const nombre = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 0 });
  const signe = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 0, signDisplay: "exceptZero" });
  const litres = (valeur) => `${nombre.format(valeur)} L`;
  const variation = (valeur) => `${signe.format(valeur)} L`;
  const heure = (moment) =>
    new Date(moment).toLocaleTimeString("fr-FR", { timeZone: fuseau, hour: "2-digit", minute: "2-digit" });
  const jour = (moment) =>
    new Date(moment).toLocaleDateString("fr-FR", { timeZone: fuseau, day: "2-digit", month: "2-digit" });
  /** The hour where it is today, else the day. */
  const moment = (un) => jour(un) === jour(Date.now()) ? heure(un) : jour(un);
  const minutes = (moment) => {
    const [h, m] = heure(moment).split(":").map(Number);
    return h * 60 + m;
  };

  const creer = (espace) => (nom, attributs = {}, ...enfants) => {
    const element = espace ? document.createElementNS(espace, nom) : document.createElement(nom);
    for (const [cle, valeur] of Object.entries(attributs)) {
      if (valeur !== undefined) element.setAttribute(cle, valeur);
    }
    element.append(...enfants.filter((enfant) => enfant !== undefined));
    return element;
  };
  const h = creer();
  const s = creer(SVG);

  const cuve = ({ capacite_totale, capacite_securite, stock_ambiant, proprietaires }) => {
    const [haut, large] = [150, 84];
    const y = (volume) => haut - Math.min(1, Math.max(0, volume / capacite_totale)) * haut;
    let bas = 0;
    const parts = proprietaires.filter((un) => un.stock_ambiant > 0).map((un) => {
      const rect = s("rect", {
        x: 2,
        width: large - 4,
        y: y(bas + un.stock_ambiant),
        height: y(bas) - y(bas + un.stock_ambiant),
        class: un.proprietaire_type === "PARTENAIRE" ? "part partenaire" : "part",
      });
      bas += un.stock_ambiant;
      return rect;
    });
    const seuil = capacite_securite > 0
      ? s("line", { x1: 0, x2: large, y1: y(capacite_securite), y2: y(capacite_securite), class: "seuil" })
      : undefined;
    return s(
      "svg",
      {
        viewBox: `-1 -1 ${large + 2} ${haut + 2}`,
        class: "cuve",
        role: "img",
        "aria-label": `${litres(stock_ambiant)} sur ${litres(capacite_totale)}, sécurité ${
          litres(capacite_securite)
        }`,
      },
      s("rect", { x: 0, y: 0, width: large, height: haut, rx: 5, class: "paroi" }),
      ...parts,
      seuil,
    );
  };

  /** Level after each movement of the day, from midnight to now: steps, for fuel moves at once on paper. */
  const niveaux = ({ ouverture_ambiant, mouvements }) => {
    let niveau = ouverture_ambiant;
    return [[0, niveau], ...mouvements.map(({ a, delta_ambiant }) => [minutes(a), niveau += delta_ambiant])];
  };

  const courbe = (jour, maintenant) => {
    const points = niveaux(jour);
    const [large, haut] = [240, 44];
    const valeurs = points.map(([, valeur]) => valeur);
    const [bas, etendue] = [Math.min(...valeurs), Math.max(...valeurs) - Math.min(...valeurs) || 1];
    const x = (minute) => (minute / 1440) * large;
    const y = (valeur) => haut - 4 - ((valeur - bas) / etendue) * (haut - 8);
    const trace =
      points.map(([minute, valeur], i) =>
        i ? `H${x(minute).toFixed(1)}V${y(valeur).toFixed(1)}` : `M0,${y(valeur).toFixed(1)}`
      ).join("") + `H${x(Math.max(minutes(maintenant), points.at(-1)[0])).toFixed(1)}`;
    const entrees = jour.mouvements.reduce((total, { delta_ambiant: d }) => total + Math.max(0, d), 0);
    const sorties = jour.mouvements.reduce((total, { delta_ambiant: d }) => total + Math.min(0, d), 0);
    const dite = jour.mouvements.length
      ? `Aujourd’hui : ${litres(entrees)} en plus, ${litres(Math.abs(sorties))} en moins`
      : "Rien n’a bougé aujourd’hui";
    return h(
      "figure",
      { class: "jour" },
      s(
        "svg",
        { viewBox: `0 0 ${large} ${haut}`, role: "img", "aria-label": dite, preserveAspectRatio: "none" },
        ...[360, 720, 1080].map((minute) =>
          s("line", { x1: x(minute), x2: x(minute), y1: 0, y2: haut, class: "heure" })
        ),
        s("path", { d: trace, class: "trace" }),
      ),
      h("figcaption", {}, dite),
      jour.mouvements.length ? tableDuJour(jour) : undefined,
    );
  };

  const tableDuJour = (jour) => {
    let niveau = jour.ouverture_ambiant;
    const ligne = (quand, delta) =>
      h(
        "tr",
        {},
        h("td", {}, quand),
        h("td", { class: "nombre" }, delta === undefined ? "" : variation(delta)),
        h("td", { class: "nombre" }, litres(niveau)),
      );
    return h(
      "details",
      {},
      h("summary", {}, "Heure par heure"),
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h("tr", {}, ...["Heure", "Mouvement", "Niveau"].map((nom) => h("th", { scope: "col" }, nom))),
        ),
        h(
          "tbody",
          {},
          ligne("Ouverture"),
          ...jour.mouvements.map(({ a, delta_ambiant }) => {
            niveau += delta_ambiant;
            return ligne(heure(a), delta_ambiant);
          }),
        ),
      ),
    );
  };

  return { h, cuve, courbe, litres, variation, nombre: (valeur) => nombre.format(valeur), heure, moment };
}
