/** A person's own session, kept for this browser: opened by password, prolonged before it ends, closed when asked. */
export function tenirSession(cle) {
  const NOM = "monaluxe-session";
  const garder = (session) =>
    session ? localStorage.setItem(NOM, JSON.stringify(session)) : localStorage.removeItem(NOM);
  const lire = () => {
    try {
      return JSON.parse(localStorage.getItem(NOM)) ?? undefined;
    } catch {
      return undefined;
    }
  };
  const demander = async (genre, corps) => {
    const reponse = await fetch(`/auth/v1/token?grant_type=${genre}`, {
      method: "POST",
      headers: { apikey: cle, "content-type": "application/json" },
      body: JSON.stringify(corps),
      signal: AbortSignal.timeout(15_000),
    });
    const dit = await reponse.json().catch(() => ({}));
    if (!reponse.ok) throw Object.assign(new Error(reponse.statusText), { refus: reponse.status < 500 });
    const session = {
      jeton: dit.access_token,
      suite: dit.refresh_token,
      expire: Date.now() + dit.expires_in * 1000,
      courriel: dit.user?.email,
    };
    garder(session);
    return session;
  };
  const prolonger = async () => {
    const session = lire();
    if (!session || session.expire - Date.now() > 60_000) return session?.jeton;
    try {
      return (await demander("refresh_token", { refresh_token: session.suite })).jeton;
    } catch (erreur) {
      if (!erreur.refus) throw erreur;
      garder(undefined);
      return undefined;
    }
  };
  return {
    courriel: () => lire()?.courriel,
    ouvrir: (email, password) => demander("password", { email, password }),
    /** Undefined where nobody is signed in. Two tabs never prolong at once: a refresh token serves once. */
    jeton: () => navigator.locks ? navigator.locks.request(NOM, prolonger) : prolonger(),
    fermer: async () => {
      const session = lire();
      garder(undefined);
      const headers = { apikey: cle, authorization: `Bearer ${session?.jeton}` };
      await fetch("/auth/v1/logout?scope=local", { method: "POST", headers }).catch(() => {});
    },
  };
}

/** The form that opens one; calls back once it is. */
export function brancherConnexion(session, ouverte) {
  const formulaire = document.getElementById("connexion");
  const dire = document.getElementById("refus");
  formulaire.addEventListener("submit", async (evenement) => {
    evenement.preventDefault();
    const bouton = formulaire.querySelector("button");
    bouton.disabled = true;
    dire.textContent = "";
    try {
      await session.ouvrir(formulaire.elements.courriel.value.trim(), formulaire.elements.passe.value);
      formulaire.elements.passe.value = "";
      ouverte();
    } catch (erreur) {
      dire.textContent = erreur.refus
        ? "Adresse ou mot de passe refusés."
        : "Le service ne répond pas : réessayez dans un instant.";
    } finally {
      bouton.disabled = false;
    }
  });
}
