// Runbook 5.1 and 5.2: everybody gets in and reads, and the target is the one that was meant.
import { portesDe } from "../cible/portes.ts";
import { type Etape, Refus } from "../cli/deroulement.ts";
import { type Person, signIn } from "../client.ts";
import { type Role, ROLES } from "../stack/demo_users.ts";
import { comptesDe } from "./comptes.ts";
import { type ContexteSmoke, dernierJour, donnees, exiger, stockDeLaCiterne } from "./contexte.ts";

export const connexion: Etape<ContexteSmoke> = {
  titre: "5.1 Connexion de chaque rôle",
  faire: async (contexte, dire) => {
    const { cible } = contexte;
    const portes = portesDe(cible);
    const comptes = comptesDe(cible);
    const gens = {} as Record<Role, Person>;
    for (const role of ROLES) {
      dire(role);
      const personne = await signIn(portes, comptes[role].email, comptes[role].password);
      const [profil] = donnees(
        await personne.supabase.from("current_user_profile").select("role"),
        `profil de ${role}`,
      );
      exiger(
        profil?.role === role,
        `Le compte ${comptes[role].email} devait être ${role}, son profil dit ${profil?.role ?? "rien"}`,
      );
      gens[role] = personne;
    }
    // The doors might stand before another database than the one that was checked.
    const [reglage] = donnees(
      await gens.admin.supabase.from("app_settings").select("value").eq("key", "env"),
      "app_settings",
    );
    if ((reglage?.value ?? "prod") !== cible.env) {
      throw new Refus(
        "ENV_INTERDIT",
        `${portes.API_URL} sert une base qui dit être ${
          reglage?.value ?? "sans nom, donc traitée comme prod"
        }, ` +
          `et non ${cible.env}. Rien n'a été écrit.`,
      );
    }
    Object.assign(contexte, { portes, gens });
    return `${ROLES.length} rôles`;
  },
};

export const depots: Etape<ContexteSmoke> = {
  titre: "5.1 Lecture des dépôts sans erreur RLS",
  faire: async ({ gens }) => {
    const vus = await Promise.all(ROLES.map(async (role) => {
      const lignes = donnees(await gens![role].supabase.from("depots").select("id"), `depots, ${role}`);
      exiger(lignes.length > 0, `${role} ne voit aucun dépôt : son profil a-t-il un depot_id ?`);
      return `${role} ${lignes.length}`;
    }));
    return vus.join(", ");
  },
};

export const stocks: Etape<ContexteSmoke> = {
  titre: "5.2 Lecture du stock et de son journal",
  faire: async (contexte) => {
    const { gens, citerne } = contexte;
    await Promise.all(ROLES.map(async (role) => {
      donnees(
        await gens![role].supabase.from("v_stock_actuel").select("citerne_id").limit(1),
        `v_stock_actuel, ${role}`,
      );
      await gens![role].call("GET", `stocks/actuel?citerne_id=${citerne!.id}`);
    }));
    const [stock, jour] = [await stockDeLaCiterne(contexte), await dernierJour(contexte)];
    exiger(
      Number(jour?.stock_ambiant ?? 0) === stock.stock_ambiant,
      `${citerne!.nom} : v_stock_actuel dit ${stock.stock_ambiant} L, le dernier jour ${
        jour?.stock_ambiant ?? "aucun"
      }`,
    );
    return `${citerne!.nom} : ${stock.stock_ambiant} L ambiants, ${stock.stock_15c} L à 15 °C` +
      (jour ? `, dernier jour ${jour.date_jour}` : ", aucun mouvement encore");
  },
};
