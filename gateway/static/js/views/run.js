// One run, live: the screen, the rail, one line of truth, and a storyboard that fills itself.
import { html, useEffect, useReducer, useRef, useState } from "../html.js";
import { ApiError, cancelRun, getRun } from "../api.js";
import { learnPace } from "../estimate.js";
import { languageName, named, t } from "../i18n.js";
import { Done } from "../parts/done.js";
import { Failure } from "../parts/failure.js";
import { Log, Notes } from "../parts/notes.js";
import { Rail } from "../parts/rail.js";
import { Scene } from "../parts/scene.js";
import { Screen } from "../parts/screen.js";
import { Truth } from "../parts/truth.js";
import { Understood } from "../parts/understood.js";
import { say } from "../problems.js";
import { hush } from "../sound.js";
import { NOTHING, reduce } from "../store.js";
import { follow } from "../stream.js";

export function Run({ runId }) {
  const [known, dispatch] = useReducer(reduce, NOTHING);
  const [link, setLink] = useState("live");
  const [missing, setMissing] = useState(false);
  const [shown, setShown] = useState(null);
  const screen = useRef(null);
  const { run } = known;

  useEffect(() => {
    getRun(runId).catch((error) => error instanceof ApiError && error.status === 404 && setMissing(true));
    const stop = follow(runId, dispatch, setLink);
    return () => { stop(); hush(); };
  }, [runId]);
  useEffect(() => {
    document.title = run ? `${run.title || runId} · AutoShorts` : "AutoShorts";
    return () => { document.title = "AutoShorts"; };
  }, [run?.title]);
  useEffect(() => { if (run && document.activeElement === document.body) document.querySelector("h1").focus({ preventScroll: true }); }, [!run]);
  const began = useRef(false);
  useEffect(() => {
    if (run && !run.outcome) began.current = true;
    if (run?.outcome === "completed" && began.current) learnPace(run);
  }, [run?.outcome]);

  if (missing) return html`<main class="page"><h1 tabindex="-1">${t("notFound")}</h1><p class="lead">${t("notFoundHint")}</p><p class="actions"><a class="go" href="#/library">${t("library")}</a></p></main>`;
  if (!run) return html`<main class="run" aria-busy="true"><div class="screen"></div><section><div class="blank line"></div><div class="blank line half"></div><p class="quiet" role="status">${link === "live" ? "" : t("reconnecting")}</p></section></main>`;
  const show = (scene) => { setShown(scene.scene_id); playFrom(screen.current, run, scene); };

  return html`<main class=${`run ${run.outcome || "live"} ${shapeOf(run)}`}>
    <${Screen} run=${run} sceneId=${shown || known.newest} screen=${screen} />
    <section>
      <div class="head">
        <div><h1 tabindex="-1">${titleOf(run)}</h1><p class="sub">${subtitle(run)}</p><${Understood} told=${run.understood} /></div>
        ${!run.outcome && html`<${Cancel} runId=${runId} />`}
      </div>
      <${Rail} run=${run} stage=${known.stage} />
      <${Truth} known=${known} link=${link} />
      ${run.outcome === "completed" && html`<${Done} run=${run} />`}
      ${run.outcome && run.outcome !== "completed" && html`<${Failure} run=${run} />`}
      <ol class="scenes" aria-label=${t("storyboard")}>${run.scenes.map((scene, i) => html`<${Scene} key=${scene.scene_id} scene=${scene} n=${i + 1} run=${run}
        isShown=${scene.scene_id === (shown || known.newest) && run.outcome !== "completed"} redo=${known.redo} degraded=${known.degraded} onShow=${() => show(scene)} />`)}</ol>
      <${Notes} known=${known} />
      <${Log} run=${run} lines=${known.log} />
    </section>
  </main>`;
}

const SHAPES = { "16:9": "wide", "1:1": "square", "4:5": "feed" };
const shapeOf = (run) => SHAPES[run.spec?.aspect_ratio] || "tall";

function titleOf(run) {
  const text = run.title || run.spec?.prompt || run.run_id;
  return text.length > 90 ? `${text.slice(0, 90).trimEnd()}…` : text;
}

function subtitle(run) {
  const spec = run.spec || {};
  return [
    spec.mode && t(`mode.${spec.mode}`), spec.aspect_ratio, run.language && languageName(run.language),
    spec.art_style && named("style", spec.art_style), spec.music_genre && named("genre", spec.music_genre),
  ].filter(Boolean).join(" · ");
}

// Once the film is there a scene's picture is the way to its place in it.
function playFrom(screen, run, scene) {
  const video = screen?.querySelector("video");
  if (!video) return;
  const before = run.scenes.slice(0, run.scenes.indexOf(scene));
  hush();
  video.currentTime = before.reduce((sum, s) => sum + s.duration_ms, 0) / 1000 + 0.05;
  video.play().catch(() => {});
  screen.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

function Cancel({ runId }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const cancel = () => { setBusy(true); setError(""); cancelRun(runId).catch((problem) => { setBusy(false); setError(say(problem)); }); };
  return html`<div class="stop"><button class="ghost" aria-disabled=${busy} onClick=${() => busy || cancel()}>${busy ? t("cancelling") : t("cancel")}</button>${error && html`<p class="error" role="alert">${error}</p>`}</div>`;
}
