// One line of truth: what is happening, how long it has taken, and how long it may still take.
import { html, useEffect, useState } from "../html.js";
import { clock, percent, size, span, t } from "../i18n.js";
import { sentBack } from "./notes.js";

const SOON_SECONDS = 2;
const LATE_SECONDS = 5;

export function Truth({ known, link }) {
  const { run } = known;
  const now = useNow(!run.outcome);
  const back = !run.outcome && known.verdicts.length > 0 && known.verdicts.at(-1);
  const spent = run.cost_usd > 0 ? t("spent", { usd: run.cost_usd.toFixed(run.cost_usd < 0.01 ? 4 : 2) }) : "";
  const right = [run.outcome ? "" : link === "live" ? left(known, now) : t("reconnecting"), spent].filter(Boolean).join(" · ");
  return html`<div class="truth">
    <p><span>${said(known)}</span><span class="time">${!run.outcome && html`<b>${clock(Math.max(0, now - new Date(run.created_at)))}</b>`}${right && html`<span>${right}</span>`}</span></p>
    ${back && html`<p class="back">${sentBack(back, run)} <span class="quiet">${back.findings.map((f) => f.message).join("; ")}</span></p>`}
    <p class="visually-hidden" role="status" aria-live="polite">${announced(run, back)}</p>
  </div>`;
}

function useNow(ticks) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!ticks) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [ticks]);
  return now;
}

function said({ run, stage, done, total }) {
  if (run.outcome === "completed") return finished(run);
  if (run.outcome) return t("endedAfter", { time: span((new Date(run.updated_at) - new Date(run.created_at)) / 1000) });
  if (run.warnings.length && run.state === "INIT") return t("noWorker");
  if (run.state === "ASSET_GENERATION") {
    const pictures = run.scenes.filter((s) => s.image).length;
    const voices = run.scenes.filter((s) => s.voices.length).length;
    const all = run.scenes.length;
    if (total && done < total && pictures === all && voices === all) return t("doing.rest", { n: done, all: total });
    return t("doing.assets", { pictures, voices, all });
  }
  const share = stage > 0 && stage < 1 && (run.state === "RENDERING" || run.state === "QA") ? ` · ${percent(stage)}` : "";
  return t(`doing.${run.state}`) + share;
}

function finished(run) {
  const film = run.scenes.reduce((sum, scene) => sum + scene.duration_ms, 0);
  const bytes = run.artifacts.find((a) => a.name === "final_video.mp4")?.bytes;
  const made = span((new Date(run.updated_at) - new Date(run.created_at)) / 1000);
  return [clock(film), bytes && size(bytes), t("madeIn", { time: made })].filter(Boolean).join(" · ");
}

function left({ eta }, now) {
  if (!eta) return "";
  const seconds = eta.seconds - (now - eta.at) / 1000;
  if (seconds < -LATE_SECONDS) return t("late");
  return seconds > SOON_SECONDS ? t("left", { time: span(rounded(seconds)) }) : t("soon");
}

// No more exact than it is known.
const rounded = (seconds) => (seconds < 20 ? seconds : seconds < 60 ? Math.round(seconds / 5) * 5 : Math.round(seconds / 60) * 60);

// For ears: only when the stage changes, never the ticks.
function announced(run, back) {
  if (run.outcome) return t(run.outcome === "completed" ? "said.done" : `said.${run.outcome === "cancelled" ? "cancelled" : "failed"}`);
  return back ? `${sentBack(back, run)} ${t(`state.${run.state}`)}` : t(`state.${run.state}`);
}
