// Four words for the states a person cares about.
import { html } from "../html.js";
import { t } from "../i18n.js";

const RAIL = [
  ["plot", ["INIT", "PLOT_GENERATION"]],
  ["assets", ["ASSET_GENERATION"]],
  ["film", ["RENDERING"]],
  ["check", ["QA"]],
];

export const stageOf = (state) => RAIL.findIndex(([, states]) => states.includes(state));

// `stage`: how much of the present one is done, null where nobody can say.
export function Rail({ run, stage }) {
  const isDone = run.outcome === "completed";
  const stopped = run.outcome && !isDone;
  const now = isDone ? RAIL.length : stageOf(stopped ? run.error?.state : run.state);
  return html`<ol class="rail" aria-label=${t("stages")}>${RAIL.map(([key], i) => {
    const share = i < now ? 1 : i > now || stopped ? 0 : stage ?? 0;
    const kind = i < now ? "past" : i > now ? "" : stopped ? "stopped" : "now";
    const word = kind === "past" ? t("stage.past") : kind === "now" ? t("stage.now") : kind === "stopped" ? t("stage.stopped") : t("stage.ahead");
    return html`<li key=${key} class=${kind} aria-current=${kind === "now" ? "step" : undefined}>
      <progress max="1" value=${share} aria-hidden="true"></progress>${t(`rail.${key}`)}<span class="visually-hidden">, ${word}</span></li>`;
  })}</ol>`;
}
