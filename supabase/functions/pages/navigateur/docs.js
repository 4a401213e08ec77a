/* global SwaggerUIBundle, tenirSession, brancherConnexion */
/** Opens the reference; what is tried from it goes as whoever has signed in. */
export function demarrerDocs({ cle }) {
  const session = tenirSession(cle);
  const dire = () => {
    const courriel = session.courriel();
    document.getElementById("connexion").hidden = courriel !== undefined;
    document.getElementById("qui").hidden = courriel === undefined;
    document.getElementById("nom").textContent = courriel ?? "";
  };
  brancherConnexion(session, dire);
  document.getElementById("sortir").addEventListener("click", () => session.fermer().then(dire));
  const sombre = matchMedia("(prefers-color-scheme: dark)");
  const accorder = () => document.documentElement.classList.toggle("dark-mode", sombre.matches);
  sombre.addEventListener("change", accorder);
  accorder();
  dire();
  if (typeof SwaggerUIBundle === "undefined") {
    document.getElementById("absent").hidden = false;
    return;
  }
  SwaggerUIBundle({
    url: "/functions/v1/ops/openapi.json",
    dom_id: "#lecteur",
    deepLinking: true,
    docExpansion: "none",
    defaultModelsExpandDepth: 0,
    filter: true,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    validatorUrl: null,
    requestInterceptor: async (demande) => {
      const jeton = await session.jeton();
      demande.headers.apikey = cle;
      if (jeton) demande.headers.Authorization ??= `Bearer ${jeton}`;
      dire();
      return demande;
    },
  });
}
