// What went otherwise than hoped, quietly; and the log for those who want to know.
import { html } from "../html.js";
import { named, t } from "../i18n.js";

const sceneNumber = (run, id) => run.scenes.findIndex((scene) => scene.scene_id === id) + 1;

// Why QA sent the film back, as a sentence.
export function sentBack(verdict, run) {
  const places = [...new Set(verdict.findings.map((f) => f.scene_id && sceneNumber(run, f.scene_id)).filter(Boolean))];
  const kinds = [...new Set(verdict.findings.map((f) => f.redo))];
  const what = kinds.length === 1 ? t(`redo.${kinds[0]}`) : t("redo.several");
  return places.length ? t("sentBackScene", { n: places.length, scenes: places.join(", "), what }) : t("sentBack", { what });
}

export function Notes({ known }) {
  const { run } = known;
  const groups = new Map();
  for (const e of known.degraded) groups.set(e.message, [...(groups.get(e.message) || []), e]);
  const notes = [...groups].map(([message, list]) => [lesser(list, run), message]);
  // While it runs the line of truth says so; afterwards it is told here.
  const verdicts = (run.outcome ? known.verdicts : known.verdicts.slice(0, -1)).map((v) => [sentBack(v, run), v.findings.map((f) => f.message).join("; ")]);
  if (!notes.length && !verdicts.length && !run.warnings.length) return null;
  return html`<ul class="notes" aria-label=${t("notes")}>
    ${run.warnings.map((text) => html`<li key=${text}>${t("noWorkerLong")}</li>`)}
    ${[...verdicts, ...notes].map(([text, detail]) => html`<li key=${text + detail}>${text} <small>${detail}</small></li>`)}
  </ul>`;
}

function lesser(list, run) {
  const numbers = [...new Set(list.map((e) => sceneNumber(run, e.name.match(/^scene_\d+/)?.[0])).filter((n) => n > 0))];
  const made = named("made", list[0].provider);
  const what = t(`kind.${list[0].kind}`);
  return numbers.length ? t("lesserScene", { n: numbers.length, scenes: numbers.join(", "), what, made }) : t("lesser", { what, made });
}

export function Log({ run, lines }) {
  return html`<details class="log"><summary>${t("log")}</summary>
    <dl><dt>${t("runId")}</dt><dd><code>${run.run_id}</code></dd>${run.seed != null && html`<dt>${t("seed")}</dt><dd><code>${run.seed}</code></dd>`}</dl>
    ${lines.length > 0 && html`<ol>${lines.map((line, i) => html`<li key=${i}>${line}</li>`)}</ol>`}</details>`;
}
