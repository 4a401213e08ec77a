/** Says what runs, once the page is there. */
export function demarrerAccueil({ cle }) {
  const dire = (id, bon, texte) => {
    const element = document.getElementById(id);
    element.dataset.etat = bon ? "bon" : "alerte";
    element.querySelector("span").textContent = texte;
  };
  const demander = (adresse) =>
    fetch(adresse, { headers: { apikey: cle }, cache: "no-store", signal: AbortSignal.timeout(10_000) });
  // Whatever it answers it answers: a refusal proves it as well. A 5xx is the gateway speaking for somebody absent.
  const joindre = async (id, adresse) => {
    const reponse = await demander(adresse).catch(() => undefined);
    const bon = reponse !== undefined && reponse.status < 500;
    dire(id, bon, bon ? "répondent" : "ne répondent pas");
  };
  const DITS = {
    pret: "prêtes",
    migrations_en_attente: "la base attend ses migrations",
    base_injoignable: "la base ne répond pas",
  };
  const lirePret = async () => {
    const reponse = await demander("/functions/v1/ops/ready").catch(() => undefined);
    const etat = await reponse?.json().catch(() => undefined);
    dire("etat-fonctions", reponse?.ok === true, DITS[etat?.statut] ?? "ne répondent pas");
    const detail = document.getElementById("detail");
    const dits = [
      etat?.schema && `Schéma : ${etat.schema}.`,
      etat?.commit && `Commit ${etat.commit.slice(0, 12)}.`,
    ];
    detail.textContent = dits.filter(Boolean).join(" ");
    detail.hidden = detail.textContent === "";
  };
  lirePret();
  joindre("etat-rest", "/rest/v1/depots?select=id&limit=1");
  joindre("etat-auth", "/auth/v1/.well-known/jwks.json");
}
