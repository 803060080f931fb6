// One run, live: the screen, the rail, one line of truth, and a storyboard that fills itself.
import { html, useEffect, useReducer, useRef, useState } from "../html.js";
import { ApiError, cancelRun, getRun } from "../api.js";
import { t } from "../i18n.js";
import { NOTHING, reduce } from "../store.js";
import { follow } from "../stream.js";
import { keepDraft } from "./create.js";

const RAIL = [
  ["plot", ["INIT", "PLOT_GENERATION"], 0, 0.2],
  ["assets", ["ASSET_GENERATION"], 0.2, 0.65],
  ["film", ["RENDERING"], 0.65, 0.8],
  ["check", ["QA"], 0.8, 0.98],
];
const SHAPES = { "16:9": "wide", "1:1": "square", "4:5": "feed" };

export function Run({ runId }) {
  const [known, dispatch] = useReducer(reduce, NOTHING);
  const [link, setLink] = useState("live");
  const [missing, setMissing] = useState(false);

  useEffect(() => {
    getRun(runId).catch((error) => error instanceof ApiError && error.status === 404 && setMissing(true));
    return follow(runId, dispatch, setLink);
  }, [runId]);
  useEffect(() => {
    if (known.run) document.title = `${known.run.title || runId} · AutoShorts`;
    return () => { document.title = "AutoShorts"; };
  }, [known.run?.title]);

  if (missing) return html`<main class="page"><h1>${t("notFound")}</h1><p class="actions"><a class="go" href="#/">${t("home")}</a></p></main>`;
  if (!known.run) return html`<main class="run" aria-busy="true"><div class="screen"></div><section></section></main>`;
  const { run } = known;
  const ended = run.outcome !== null;
  return html`<main class="run">
    <${Screen} run=${run} newest=${known.newest} />
    <section>
      <div class="head">
        <div><h1>${run.title || run.spec?.prompt || run.run_id}</h1><p class="sub">${subtitle(run)}</p></div>
        ${!ended && html`<${Cancel} runId=${runId} />`}
      </div>
      <${Rail} run=${run} />
      <p class="truth"><span role="status" aria-live="polite">${truth(run)}</span><span>${left(run, link, ended)}</span></p>
      ${run.outcome === "completed" && html`<${Done} run=${run} />`}
      ${ended && run.outcome !== "completed" && html`<${Failure} run=${run} />`}
      <ol class="scenes">${run.scenes.map((scene, i) => html`<${Scene} key=${scene.scene_id} scene=${scene} n=${i + 1} ended=${ended} />`)}</ol>
      ${known.notes.map((note) => html`<p class="note" role="status">${note.qa ? t("sentBack", { text: note.qa }) : note}</p>`)}
      ${known.log.length > 0 && html`<details class="log"><summary>${t("log")}</summary><ol>${known.log.map((line) => html`<li>${line}</li>`)}</ol></details>`}
    </section>
  </main>`;
}

function subtitle(run) {
  const spec = run.spec || {};
  return [spec.mode && t(`mode.${spec.mode}`), spec.aspect_ratio, run.language, spec.art_style, spec.music_genre].filter(Boolean).join(" · ");
}

const truth = (run) => (run.outcome === "completed" ? t("done") : run.outcome ? "" : run.state === "INIT" ? run.detail : `${t(`state.${run.state}`)}`);

function left(run, link, ended) {
  if (ended) return "";
  if (link !== "live") return t("offline");
  if (run.eta_seconds == null) return `${Math.round(run.progress * 100)} %`;
  return run.eta_seconds > 2 ? t("left", { seconds: run.eta_seconds }) : t("soon");
}

function Screen({ run, newest }) {
  const shape = SHAPES[run.spec?.aspect_ratio] || "";
  if (run.links.video && run.outcome === "completed") {
    return html`<figure class=${`screen done ${shape}`}><video controls playsinline src=${run.links.video} poster=${run.links.thumbnail || undefined} aria-label=${t("play")}>
      <track kind="captions" src=${`${run.links.artifacts}/captions.vtt`} srclang=${run.language || "en"} label=${t("captions")} /></video></figure>`;
  }
  const index = run.scenes.findIndex((s) => s.scene_id === newest);
  const scene = run.scenes[index];
  return html`<figure class=${`screen ${shape}`}>
    ${scene?.image ? html`<img key=${scene.image} src=${scene.image} alt=${scene.text} />` : html`<p class="waiting">${run.outcome ? "" : t("waiting")}</p>`}
    ${scene?.image && html`<figcaption class="caption">${scene.text}</figcaption>
      <div class="over"><span>${t("scene", { n: index + 1, all: run.scenes.length })}</span></div>`}
  </figure>`;
}

function Rail({ run }) {
  const now = RAIL.findIndex(([, states]) => states.includes(run.state));
  return html`<ol class="rail">${RAIL.map(([key, , from, to], i) => {
    const share = run.state === "END" || (now >= 0 && i < now) ? 1 : i > now && run.state !== "FAILED" ? 0 : (run.progress - from) / (to - from);
    return html`<li key=${key} aria-current=${i === now ? "step" : undefined}><progress max="1" value=${Math.min(Math.max(share, 0), 1)} aria-label=${t(`rail.${key}`)}></progress>${t(`rail.${key}`)}</li>`;
  })}</ol>`;
}

function Cancel({ runId }) {
  const [busy, setBusy] = useState(false);
  const cancel = () => { setBusy(true); cancelRun(runId).catch(() => setBusy(false)); };
  return html`<button class="ghost" disabled=${busy} onClick=${cancel}>${busy ? t("cancelling") : t("cancel")}</button>`;
}

function Done({ run }) {
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard?.writeText(location.href).then(() => setCopied(true), () => {});
  return html`<p class="actions">
    <a class="go" href=${`${run.links.video}?download=1`} download>${t("download")}</a>
    <button class="ghost" onClick=${copy}>${copied ? t("copied") : t("copy")}</button>
    <a class="ghost" href=${`${run.links.artifacts}/captions.srt?download=1`} download>${t("subtitles")}</a>
  </p><br />`;
}

function Failure({ run }) {
  const cancelled = run.outcome === "cancelled";
  const heading = cancelled ? t("cancelled") : run.outcome === "failed" ? t("failed") : t(run.outcome);
  const again = () => { if (run.spec) keepDraft(run.spec); location.hash = "#/"; };
  return html`<div class="failure" role="alert"><h2>${heading}</h2>
    ${!cancelled && run.error && html`<p>${run.error.message}</p>`}
    <p class="quiet">${cancelled ? t("cancelledHint") : t("failedHint")}</p>
    <p class="actions"><button class="go" onClick=${again}>${t("again")}</button></p></div><br />`;
}

function Scene({ scene, n, ended }) {
  const audio = useRef(null);
  const seconds = (scene.duration_ms / 1000).toFixed(1);
  const doing = (text) => !ended && html`<span>${text}</span>`;
  return html`<li class="scene">
    <div class="thumb">${scene.image && html`<img src=${scene.image} alt="" loading="lazy" />`}</div>
    <div><p class="line">${scene.text}</p><p class="meta">
      ${scene.image ? html`<span class="ok">✓ ${t("picture")}</span>` : doing(t("painting"))}
      ${scene.voices.length ? html`<span class="ok">✓ ${t("voiced", { seconds })}</span>` : doing(t("speaking"))}
    </p></div>
    ${scene.voices.length > 0 ? html`<button class="listen" aria-label=${t("listen", { n })} onClick=${() => audio.current.play()}>▶<audio ref=${audio} src=${scene.voices[0]} preload="none"></audio></button>` : html`<span></span>`}
  </li>`;
}
