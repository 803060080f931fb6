// The voices that speak the film's language, each to be heard before it is chosen.
import { html, useEffect, useState } from "../html.js";
import { sampleUrl } from "../api.js";
import { languageName, t } from "../i18n.js";
import { hush, speak } from "../sound.js";
import { manner, voiceName } from "./reading.js";

const ANY = "mul";

// As the server decides it: by the tag, or by its first part.
const speaks = (voice, tag) => {
  const own = voice.languages.map((name) => name.toLowerCase());
  return [tag.toLowerCase(), tag.toLowerCase().split("-")[0], ANY].some((name) => own.includes(name));
};
const isMachine = (voice) => voice.languages.includes(ANY);
const isNamed = (voice, id) => voice.id === id || voice.id === `espeak-${id}`;

export function Voices({ voices, language, value, onChange, usual }) {
  useEffect(() => () => hush(), []);
  const able = voices.filter((voice) => speaks(voice, language));
  const chosen = value && !able.some((voice) => isNamed(voice, value)) && (voices.find((voice) => isNamed(voice, value)) || { id: value, name: value, languages: [] });
  const natural = able.filter((voice) => !isMachine(voice)).sort((a, b) => manner(a).length - manner(b).length);
  const machines = able.filter(isMachine);
  const row = (voice) => html`<${Row} key=${voice.id} voice=${voice} language=${language} checked=${isNamed(voice, value)} onChange=${onChange} />`;
  const opened = machines.some((voice) => isNamed(voice, value)) || !natural.length;
  return html`<fieldset class="voices"><legend>${t("voicesOf", { language: languageName(language) })}</legend>
    <ul>
      <li><label><input type="radio" name="voice" checked=${!value} onChange=${() => onChange("")} /><span>${t("auto")}${usual?.length > 0 && html` <small>${usual.map(voiceName).join(", ")}</small>`}</span></label></li>
      ${chosen && html`<li><label><input type="radio" name="voice" checked onChange=${() => onChange(value)} /><span>${voiceName(chosen)} <small>${t("otherLanguage")}</small></span></label></li>`}
      ${natural.map(row)}
    </ul>
    ${machines.length > 0 && html`<details open=${opened}><summary>${t("machines", { n: machines.length })}</summary><ul>${machines.map(row)}</ul></details>`}
  </fieldset>`;
}

function Row({ voice, language, checked, onChange }) {
  const [sound, setSound] = useState("");
  const name = voiceName(voice);
  const toggle = () => {
    if (sound === "loading" || sound === "playing") { hush(); return; }
    speak([sampleUrl(voice.id, language)], (seconds) => setSound((now) => (seconds === null ? (now === "failed" ? now : "") : seconds > 0 ? "playing" : "loading")), () => setSound("failed"));
  };
  const busy = sound === "loading" || sound === "playing";
  return html`<li>
    <label><input type="radio" name="voice" checked=${checked} onChange=${() => onChange(voice.id)} /><span>${name} <small>${[isMachine(voice) ? "" : voice.engine, ...manner(voice)].filter(Boolean).join(" · ")}</small></span></label>
    <button type="button" class=${`hear ${sound}`} aria-label=${t(busy ? "unhear" : "hear", { name })} onClick=${toggle}>
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${busy ? "M7 5h4v14H7zM13 5h4v14h-4z" : "M8 5v14l11-7z"} /></svg></button>
    <span role="status" class=${sound === "failed" ? "error" : "visually-hidden"}>${sound === "failed" ? t("unheard") : sound === "loading" ? t("fetching") : ""}</span>
  </li>`;
}
