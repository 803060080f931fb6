// A scene as a card: its picture, its line, its voice, and what is being done.
import { html, useState } from "../html.js";
import { named, seconds, t } from "../i18n.js";
import { Waveform } from "./waveform.js";

export function Scene({ scene, n, run, isShown, redo, degraded, onShow }) {
  const [heard, setHeard] = useState(null);
  const again = (kind) => redo.includes(`${kind}/${scene.scene_id}`);
  const lesser = degraded.find((e) => e.name === scene.scene_id || e.name.startsWith(`${scene.scene_id}_`));
  const isDone = run.outcome === "completed";
  const doing = (text) => !run.outcome && html`<span class="doing">${text}</span>`;
  return html`<li class=${isShown ? "scene shown" : "scene"}>
    <button class=${again("image") ? "thumb again" : "thumb"} disabled=${!scene.image} aria-label=${t(isDone ? "playFrom" : "showScene", { n })} onClick=${onShow}>
      ${scene.image && html`<img key=${scene.image} src=${scene.image} alt="" loading="lazy" decoding="async" />`}
      ${isDone && html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M8 5v14l11-7z" /></svg>`}</button>
    <div class="words"><p class="line">${scene.text}</p><p class="meta">
      ${again("image") ? doing(t("paintingAgain")) : scene.image ? !isDone && html`<span class="ok">${t("picture")}</span>` : doing(t("painting"))}
      ${again("voice") ? doing(t("speakingAgain")) : scene.voices.length ? html`<span class=${isDone ? "" : "ok"}>${heard ? t("voiced", { time: seconds(Math.round(heard * 10) / 10) }) : t("voice")}</span>` : doing(t("speaking"))}
      ${lesser && html`<span class="lesser">${named("made", lesser.provider)}</span>`}
    </p></div>
    <${Waveform} key=${scene.voices.join()} urls=${scene.voices} n=${n} onShape=${(shape) => setHeard(shape.seconds)} />
  </li>`;
}
