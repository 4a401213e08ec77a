import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, fonction, objet, rangees, seule } from "../_shared/appels.ts";
import { pourFacteur } from "../_shared/chiffrement.ts";
import { CHAMP } from "../_shared/messages.ts";
import { appeler } from "../_shared/relations.ts";
import { Id, Instant, Texte } from "../_shared/schemas.ts";
import { dixCodes, FORME_DE_CODE, normaliser } from "./codes_secours.ts";
import { accepter, cles, confirmer, demandeur, eprouver, eprouverSecours } from "./epreuve.ts";
import { aInscrire, nouveauSecret } from "./totp.ts";

const Etat = z.object({
  confirme_le: Instant.nullable().meta({ description: "Since when there is a factor; null: none" }),
  propose_le: Instant.nullable().meta({ description: "When another was proposed; good for an hour" }),
  codes_secours: z.number().int().meta({ description: "Recovery codes that are still good" }),
  eleve_jusqu_au: Instant.nullable().meta({
    description: "Until when this session is raised by a code of ours",
  }),
  bloque_jusqu_au: Instant.nullable().meta({ description: "Until when no code of the phone is looked at" }),
}).meta({ id: "SecondFacteur" });

const Code = z.strictObject({
  code: z.string().max(20).transform((code) => code.replace(/\s/g, "")).pipe(
    z.string().regex(/^\d{6}$/, CHAMP.code),
  )
    .meta({
      description: "Six digits, as the phone shows them now",
    }),
}).meta({ id: "CodeTotp" });

const CodeSecours = z.strictObject({
  code: z.string().max(60).transform(normaliser).pipe(z.string().regex(FORME_DE_CODE)).meta({
    description: "One of the ten, with or without its dashes",
  }),
}).meta({ id: "CodeSecours" });

const Inscription = z.object({
  secret: z.string().meta({ description: "In base32, to type into the phone; shown once" }),
  uri: z.string().meta({ description: "otpauth://…, what the picture says" }),
  qr_svg: z.string().meta({ description: "The picture a phone reads, as SVG" }),
}).meta({ id: "InscriptionTotp" });

const Elevation = z.object({
  eleve_jusqu_au: Instant.meta({
    description: "Until when this session may do what asks for a second factor",
  }),
}).meta({ id: "Elevation" });

const Codes = z.array(z.string()).meta({ description: "Ten recovery codes; shown once, each good once" });

export const actes = [
  acte({
    methode: "GET",
    chemin: "/facteur",
    resume: "Read the state of one's own second factor",
    reponse: Etat,
    statut: 200,
    appel: () => seule(rangees("private.etat_facteur", {})),
  }),
  acte({
    methode: "POST",
    chemin: "/totp/inscrire",
    resume:
      "Propose a phone as second factor (admin): nothing changes until confirmed; to replace one, prove it first",
    corps: z.strictObject({}),
    reponse: Inscription,
    statut: 201,
    confidentiel: true,
    executer: async (tx) => {
      const { user_id, email } = await demandeur(tx);
      const secret = nouveauSecret();
      const p_chiffre = await (await cles()).chiffrer(secret, pourFacteur(user_id));
      await appeler(tx, "private.proposer_facteur", { p_chiffre });
      return aInscrire(secret, email);
    },
  }),
  acte({
    methode: "POST",
    chemin: "/totp/confirmer",
    resume: "Make the proposed phone the second factor, by a first code: answers ten recovery codes",
    corps: Code,
    reponse: Elevation.extend({ codes: Codes }).meta({ id: "FacteurConfirme" }),
    statut: 200,
    confidentiel: true,
    dehors: {
      verifier: demandeur,
      demander: async (qui, { corps }) => {
        const { codes, empreintes } = await dixCodes();
        return { codes, verdict: await confirmer(qui, corps.code, empreintes) };
      },
    },
    executer: async (tx, { dehors }) => {
      await demandeur(tx);
      const { eleve_jusqu_au } = await accepter(tx, dehors!.verdict);
      return { eleve_jusqu_au, codes: dehors!.codes };
    },
  }),
  acte({
    methode: "POST",
    chemin: "/totp/prouver",
    resume: "Prove the second factor by the code the phone shows: raises this session for fifteen minutes",
    corps: Code,
    reponse: Elevation,
    statut: 200,
    dehors: { verifier: demandeur, demander: (qui, { corps }) => eprouver(qui, corps.code) },
    executer: async (tx, { dehors }) => {
      await demandeur(tx);
      const { eleve_jusqu_au } = await accepter(tx, dehors!);
      return { eleve_jusqu_au };
    },
  }),
  acte({
    methode: "POST",
    chemin: "/codes-secours",
    resume: "Make ten recovery codes, in a raised session: those before are good no more",
    corps: z.strictObject({}),
    reponse: z.object({ codes: Codes }).meta({ id: "CodesSecours" }),
    statut: 201,
    confidentiel: true,
    executer: async (tx) => {
      const { codes, empreintes } = await dixCodes();
      await appeler(tx, "private.poser_codes_secours", { p_empreintes: empreintes });
      return { codes };
    },
  }),
  acte({
    methode: "POST",
    chemin: "/codes-secours/prouver",
    resume: "Prove the second factor by a recovery code, once: raises this session and tells every admin",
    corps: CodeSecours,
    reponse: Elevation.extend({ codes_restants: z.number().int() }).meta({ id: "ElevationDeSecours" }),
    statut: 200,
    dehors: { verifier: demandeur, demander: (qui, { corps }) => eprouverSecours(qui, corps.code) },
    executer: async (tx, { dehors }) => {
      await demandeur(tx);
      const { eleve_jusqu_au, codes_restants = 0 } = await accepter(tx, dehors!);
      return { eleve_jusqu_au, codes_restants };
    },
  }),
  acte({
    methode: "POST",
    chemin: "/facteurs/:user_id/reinitialiser",
    resume:
      "Take another person's lost factor away (admin, in a raised session), with the reason; never one's own",
    params: z.strictObject({ user_id: Id }),
    corps: z.strictObject({ motif: Texte.min(1) }),
    reponse: z.object({ user_id: Id }).meta({ id: "FacteurReinitialise" }),
    statut: 200,
    appel: ({ params, corps }) =>
      apres(
        fonction("private.reinitialiser_facteur", { p_user_id: params.user_id, p_motif: corps.motif }),
        objet({ user_id: params.user_id }),
      ),
  }),
];
