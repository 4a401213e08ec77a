/** Shows the codes that hold every word that is typed. */
export function demarrerCodes() {
  const filtre = document.getElementById("filtre");
  const compte = document.getElementById("compte");
  const nu = (texte) =>
    texte.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("_", " ");
  const lignes = [...document.querySelectorAll(".codes li")].map((element) => ({
    element,
    texte: nu(element.textContent),
  }));
  const filtrer = () => {
    const mots = nu(filtre.value).split(/\s+/).filter(Boolean);
    let montres = 0;
    for (const { element, texte } of lignes) {
      element.hidden = !mots.every((mot) => texte.includes(mot));
      if (!element.hidden) montres++;
    }
    compte.textContent = montres === 1 ? "1 code" : `${montres || "Aucun"} code${montres ? "s" : ""}`;
  };
  document.getElementById("recherche").hidden = false;
  filtre.addEventListener("input", filtrer);
  filtrer();
}
