// What happened and what to do; the next try keeps what was finished.
import { html, useRef, useState } from "../html.js";
import { newKey, startRun } from "../api.js";
import { draftOf } from "../draft.js";
import { t } from "../i18n.js";
import { explain, say } from "../problems.js";

export function Failure({ run }) {
  const { title, advice, said, needsChange } = explain(run);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const key = useRef(newKey());

  // The same words with the seed that was drawn: what was finished is found in the store again.
  async function again() {
    setBusy(true);
    setError("");
    try {
      const next = await startRun({ ...run.spec, seed: run.seed ?? run.spec.seed }, key.current);
      location.hash = `#/runs/${encodeURIComponent(next.run_id)}`;
    } catch (problem) {
      setError(say(problem));
      setBusy(false);
    }
  }
  const change = () => { if (run.spec) draftOf(run.spec); location.hash = "#/"; };
  const retry = run.spec && html`<button class=${needsChange ? "ghost" : "go"} disabled=${busy} onClick=${again}>${busy ? t("making") : t(run.outcome === "cancelled" ? "resume" : "retry")}</button>`;
  const edit = html`<button class=${needsChange || !run.spec ? "go" : "ghost"} onClick=${change}>${t(run.spec ? "change" : "startOver")}</button>`;
  return html`<div class=${run.outcome === "cancelled" ? "failure calm" : "failure"}>
    <h2>${title}</h2><p>${advice}</p>
    ${said && html`<p class="said">${said}</p>`}
    <div class="actions">${needsChange ? [edit, retry] : [retry, edit]}</div>
    ${error && html`<p class="error" role="alert">${error}</p>`}
  </div>`;
}
