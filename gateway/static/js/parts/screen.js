// The film's place: its newest picture while it is made, the player once it is there.
import { html, useEffect, useRef, useState } from "../html.js";
import { t } from "../i18n.js";

const SHAPES = { "16:9": "wide", "1:1": "square", "4:5": "feed" };

export function Screen({ run, sceneId, screen }) {
  const shape = SHAPES[run.spec?.aspect_ratio] || "tall";
  if (run.links.video && run.outcome === "completed") {
    return html`<figure class=${`screen done ${shape}`} ref=${screen}><video controls playsinline preload="metadata" src=${run.links.video} poster=${run.links.thumbnail || undefined} aria-label=${t("film", { title: run.title || run.run_id })}>
      <track kind="captions" src=${`${run.links.artifacts}/captions.vtt`} srclang=${run.language || "en"} label=${t("captions")} default=${run.spec?.captions === "off"} /></video></figure>`;
  }
  const index = run.scenes.findIndex((s) => s.scene_id === sceneId);
  const scene = run.scenes[index];
  return html`<figure class=${`screen ${shape}`} ref=${screen}>
    <${Fade} src=${scene?.image || null} alt=${scene?.text || ""} />
    ${scene?.image
      ? html`<figcaption class="caption" key=${sceneId}>${scene.text}</figcaption><p class="over"><span>${t("scene", { n: index + 1, all: run.scenes.length })}</span></p>`
      : html`<p class="waiting">${run.outcome ? t("noPicture") : t("waiting")}</p>`}
  </figure>`;
}

// The next picture comes in over the last one once it can be seen whole.
function Fade({ src, alt }) {
  const [below, setBelow] = useState(null);
  const [loaded, setLoaded] = useState(new Set());
  const last = useRef(null);
  useEffect(() => {
    if (last.current && last.current !== src) setBelow(last.current);
    last.current = src;
  }, [src]);
  const picture = (url, words) => url && html`<img key=${url} class=${loaded.has(url) ? "ready" : "coming"} src=${url} alt=${words} decoding="async" onLoad=${() => setLoaded((have) => new Set(have).add(url))} />`;
  return html`<div class="fade">${[below !== src && picture(below, ""), picture(src, alt)]}</div>`;
}
