// The report of a GO or a NO-GO: a page to read and to print, and the same as JSON.
import { join } from "node:path";
import { html, raw } from "hono/html";
import { dossierDesInterventions } from "../astm/intervention.ts";
import { nombre } from "../cli/francais.ts";
import { commitDeLArbre } from "../deploiement/commit.ts";
import { heureAuDepot, jourAuDepot, momentAuDepot } from "../horloge.ts";
import { page } from "../rapport/page.ts";
import { readSettings } from "../stack/settings.ts";
import type { ContexteGolive, Ligne } from "./contexte.ts";
import { direAge } from "./jugement.ts";

export const decisionDe = (lignes: Ligne[]): "GO" | "NO-GO" =>
  lignes.length && lignes.every(({ verdict }) => verdict !== "non") ? "GO" : "NO-GO";

export function donneesDuRapport({ cible, demande, lignes, golden, smoke, releve }: ContexteGolive) {
  return {
    decision: decisionDe(lignes),
    env: cible.env,
    reference: cible.reference,
    commit: demande.commit ?? commitDeLArbre() ?? null,
    edite_le: new Date().toISOString(),
    decide_par: demande.decidePar?.trim() || null,
    criteres: lignes,
    golden: golden ?? null,
    smoke: smoke ?? null,
    releve: releve ?? null,
  };
}
export type Rapport = ReturnType<typeof donneesDuRapport>;

const STYLE = `
  td, th { text-align: left; } td.nombre { text-align: right; white-space: nowrap; }
  td.verdict_oui { color: #0b6b3a; font-weight: 700; } td.verdict_non { color: #b91c1c; font-weight: 700; }
  td.verdict_sans { color: #52525b; } td.constat { overflow-wrap: anywhere; } .criteres th:first-child { width: 30%; } .petit { font-size: .85rem; color: #52525b; }
  .signature { display: flex; gap: 2rem; margin-top: 2.5rem; break-inside: avoid; }
  .signature p { flex: 1; border-top: 1px solid #18181b; padding-top: .3rem; margin: 2.5rem 0 0; }
  @media print { .verdict { -webkit-print-color-adjust: exact; print-color-adjust: exact; } thead { display: table-header-group; } }`;

const CLASSES = { oui: "verdict_oui", non: "verdict_non", "sans objet": "verdict_sans" };

const criteres = ({ criteres }: Rapport) =>
  html`
    <h2>Critères</h2>
    <table class="criteres">
      <thead>
        <tr>
          <th>Critère</th>
          <th>Preuve</th>
          <th>Âge</th>
          <th>Au plus</th>
          <th>Verdict</th>
        </tr>
      </thead>
      <tbody>${criteres.map(({ titre, runbook, verdict, constat, age_h, age_max_h }) =>
        html`
          <tr>
            <td>${titre}<br><span class="petit">${runbook}</span></td>
            <td class="constat">${constat}</td>
            <td class="nombre">${age_h === undefined ? "—" : direAge(age_h)}</td>
            <td class="nombre">${age_max_h ? direAge(age_max_h) : "—"}</td>
            <td class="${CLASSES[verdict]}">${verdict}</td>
          </tr>
        `
      )}</tbody>
    </table>
  `;

const annexes = ({ golden, smoke, releve }: Rapport) =>
  html`${
    golden &&
    html`
      <h2>Écarts ML_PP − SEP</h2>
      <table>
        <thead>
          <tr>
            <th>Camion</th>
            <th>Attendu L</th>
            <th>Calculé L</th>
            <th>Écart L</th>
          </tr>
        </thead>
        <tbody>${golden.map((cas) =>
          html`
            <tr>
              <td>${cas.source} ${cas.reference} (${cas.produit_code})</td>
              <td class="nombre">${nombre(cas.volume_15c_attendu_l)}</td>
              <td class="nombre">${nombre(cas.volume_15c_l)}</td>
              <td class="nombre">${nombre(cas.ecart_l, 1)}</td>
            </tr>
          `
        )}</tbody>
      </table>
    `
  }${
    smoke &&
    html`
      <h2>Smoke</h2>
      <table>
        <tbody>${smoke.map(({ titre, statut, constat }) =>
          html`
            <tr>
              <td>${titre}</td>
              <td class="constat">${constat ?? ""}</td>
              <td class="${statut === "faite" ? "verdict_oui" : "verdict_non"}">${{
                faite: "oui",
                echouee: "non",
                non_commencee: "non commencé",
              }[statut]}</td>
            </tr>
          `
        )}</tbody>
      </table>
    `
  }${
    releve &&
    html`
      <h2>Relevé du ${momentAuDepot(releve.moment)}</h2>
      <table>
        <tbody>${releve.mesures.map(({ nom, constat, alertes }) =>
          html`
            <tr>
              <td>${nom}</td>
              <td class="constat">${constat}</td>
              <td class="${alertes.length ? "verdict_non" : "verdict_oui"}">${alertes.length
                ? "alerte"
                : "ok"}</td>
            </tr>
          `
        )}</tbody>
      </table>
    `
  }`;

export function pageDuRapport(rapport: Rapport): Promise<string> {
  const { decision, env, reference, commit, edite_le, decide_par } = rapport;
  const manques = rapport.criteres.filter(({ verdict }) => verdict === "non");
  return page(
    `${decision} — ${env}`,
    html`
      <style>${raw(STYLE)}</style>
      <h1>Mise en service de ${env} : ${decision}</h1>
      <p>Projet ${reference}, commit ${commit ?? "inconnu"}. Édité le ${momentAuDepot(
        edite_le,
      )}, heure du dépôt.</p>
      <p class="verdict ${decision === "GO" ? "oui" : "non"}">${decision}${decision === "GO"
        ? ` — décidé par ${decide_par}`
        : ` — ${manques.length} critère${manques.length > 1 ? "s" : ""} sur ${rapport.criteres.length} ` +
          `${manques.length > 1 ? "ne sont pas remplis" : "n'est pas rempli"}`}</p>
      ${manques.length
        ? html`
          <h2>Ce qui manque</h2>
          <ol>${manques.map(({ titre, constat }) =>
            html`<li><strong>${titre}</strong> : ${constat}</li>`
          )}</ol>
        `
        : ""}
      ${criteres(rapport)}
      ${annexes(rapport)}
      <div class="signature">
        <p>Décidé par : ${decide_par ?? ""}</p>
        <p>Date</p>
        <p>Signature</p>
      </div>
    `,
  );
}

/** Writes both files in the day's folder of interventions; of a local stack, under its data. Answers the page's path. */
export async function ecrireRapport(rapport: Rapport, dossier?: string): Promise<string> {
  const ou = dossier ??
    (rapport.env === "local"
      ? join(readSettings().dataDir, "golive")
      : join(dossierDesInterventions(), jourAuDepot()));
  await Deno.mkdir(ou, { recursive: true });
  const base = join(ou, `golive-${rapport.env}-${heureAuDepot(new Date(rapport.edite_le))}`);
  await Deno.writeTextFile(`${base}.json`, `${JSON.stringify(rapport, null, 2)}\n`);
  await Deno.writeTextFile(`${base}.html`, await pageDuRapport(rapport));
  return `${base}.html`;
}
