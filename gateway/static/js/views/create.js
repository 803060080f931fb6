// One box: the words, the choices that matter, and the rest folded away.
import { html, useMemo, useRef, useState } from "../html.js";
import { startRun, upload } from "../api.js";
import { all, t } from "../i18n.js";
import { Posters } from "./library.js";

const REMEMBERED = "autoshorts.choices";
const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3]/g;
const FIRST = { mode: "general", aspect_ratio: "9:16", captions: "karaoke", num_cuts: "", art_style: "", music_genre: "", voice_id: "", language: "", num_characters: "1", seed: "" };

export function Create({ options }) {
  const [prompt, setPrompt] = useState(takeDraft());
  const [choices, setChoices] = useState({ ...FIRST, ...remembered() });
  const [pictures, setPictures] = useState([]);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const estimate = useMemo(() => estimated(prompt, choices.num_cuts), [prompt, choices.num_cuts]);

  const choose = (name) => (event) => {
    const next = { ...choices, [name]: event.target.value };
    setChoices(next);
    localStorage.setItem(REMEMBERED, JSON.stringify({ ...next, seed: "" }));
  };
  async function submit(event) {
    event.preventDefault();
    setBusy(true);
    setError("");
    try {
      const run = await startRun(specOf(prompt, choices, pictures), key.current);
      key.current = newKey();
      location.hash = `#/runs/${encodeURIComponent(run.run_id)}`;
    } catch (problem) {
      if (problem.status >= 400 && problem.status < 500) key.current = newKey();
      setError(problem.message === "offline" ? t("offline") : problem.message);
      setBusy(false);
    }
  }
  async function attach(event) {
    for (const file of event.target.files) {
      try {
        const { name } = await upload(file);
        setPictures((have) => [...have, { name, label: file.name }]);
      } catch (problem) {
        setError(`${file.name}: ${problem.message}`);
      }
    }
    event.target.value = "";
  }
  const quick = (event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.form.requestSubmit();

  return html`<main class="page">
    <h1>${t("headline")}</h1>
    <p class="lead">${t("lead")}</p>
    <form class="box" onSubmit=${submit}>
      <label class="visually-hidden" for="prompt">${t("prompt")}</label>
      <textarea id="prompt" required maxlength=${options?.max_prompt_characters} placeholder=${t("placeholder")}
        value=${prompt} onInput=${(e) => setPrompt(e.target.value)} onKeyDown=${quick}></textarea>
      <div class="row">
        <${Choice} label=${t("shape")} value=${choices.aspect_ratio} onChange=${choose("aspect_ratio")} values=${options?.aspect_ratios || ["9:16"]} />
        <${Choice} label=${t("mode")} value=${choices.mode} onChange=${choose("mode")} values=${options?.modes || ["general"]} named="mode." />
        <${Choice} label=${t("scenes")} value=${choices.num_cuts} onChange=${choose("num_cuts")} values=${["", ...Array.from({ length: options?.max_cuts || 10 }, (_, i) => String(i + 1))]} blank=${t("auto")} />
        <button class="go" disabled=${busy}>${busy ? t("making") : t("make")}</button>
      </div>
      <details class="more">
        <summary>${t("more")}</summary>
        <div class="fields">
          <${Text} label=${t("look")} value=${choices.art_style} onInput=${choose("art_style")} list=${options?.styles} />
          <${Text} label=${t("music")} value=${choices.music_genre} onInput=${choose("music_genre")} list=${options?.genres} />
          <${Select} label=${t("captions")} value=${choices.captions} onChange=${choose("captions")} values=${options?.captions || ["karaoke"]} named="captions." />
          <${Select} label=${t("voice")} value=${choices.voice_id} onChange=${choose("voice_id")} values=${["", ...(options?.voices || [])]} blank=${t("auto")} />
          <${Select} label=${t("language")} value=${choices.language} onChange=${choose("language")} values=${["", ...(options?.languages || [])]} blank=${t("detected")} />
          <${Select} label=${t("characters")} value=${choices.num_characters} onChange=${choose("num_characters")} values=${["1", "2"]} />
          <label class="field">${t("seed")}<input inputmode="numeric" pattern="[0-9]*" placeholder=${t("drawn")} value=${choices.seed} onInput=${choose("seed")} /></label>
          <label class="field">${t("pictures")}<input type="file" accept="image/png,image/jpeg,image/webp" multiple onChange=${attach} /></label>
        </div>
        <div class="pictures">${pictures.map((p) => html`<span key=${p.name}>${p.label}
          <button type="button" aria-label=${t("remove", { name: p.label })} onClick=${() => setPictures(pictures.filter((q) => q !== p))}>×</button></span>`)}</div>
      </details>
      ${error && html`<p class="failure" role="alert">${error}</p>`}
    </form>
    <p class="estimate"><span>${estimate.text}</span><span>${t("free", { seconds: estimate.ready })}</span></p>
    <div class="tries">${all("tries").map((text) => html`<button type="button" onClick=${() => setPrompt(text)}>${text}</button>`)}</div>
    <h2>${t("yours")}</h2>
    <${Posters} limit=${8} pages=${false} />
  </main>`;
}

const name = (value, named, blank) => (value === "" ? blank : named ? t(named + value) : value);

function Choice({ label, value, onChange, values, named, blank }) {
  return html`<label class="option">${label}<select value=${value} onChange=${onChange}>
    ${values.map((v) => html`<option value=${v} selected=${v === value}>${name(v, named, blank)}</option>`)}</select></label>`;
}

function Select({ label, ...rest }) {
  return html`<label class="field">${label}<select value=${rest.value} onChange=${rest.onChange}>
    ${rest.values.map((v) => html`<option value=${v} selected=${v === rest.value}>${name(v, rest.named, rest.blank)}</option>`)}</select></label>`;
}

function Text({ label, value, onInput, list = [] }) {
  const id = `list-${label}`;
  return html`<label class="field">${label}<input value=${value} onInput=${onInput} list=${id} placeholder=${t("auto")} maxlength="200" /></label>
    <datalist id=${id}>${list.map((v) => html`<option value=${v}></option>`)}</datalist>`;
}

function specOf(prompt, choices, pictures) {
  const spec = { prompt, mode: choices.mode, aspect_ratio: choices.aspect_ratio, captions: choices.captions, num_characters: Number(choices.num_characters) };
  for (const field of ["art_style", "music_genre", "voice_id", "language"]) if (choices[field]) spec[field] = choices[field];
  for (const field of ["num_cuts", "seed"]) if (choices[field]) spec[field] = Number(choices[field]);
  if (pictures.length) spec.reference_images = pictures.map((p) => p.name);
  return spec;
}

// A guess at what the planner will do: a script has three sentences or more.
function estimated(prompt, cuts) {
  const sentences = prompt.split(/[.!?…。！？।؟\n]+/).filter((s) => s.trim()).length;
  const weight = prompt.length + (prompt.match(WIDE) || []).length;
  const isScript = sentences >= 3 || weight > 160;
  const scenes = Number(cuts) || (isScript ? sentences : 5);
  const seconds = Math.max(3, Math.round(isScript ? weight / 13 + scenes * 0.6 : scenes * 3.6));
  const text = isScript ? t("estimate", { scenes, seconds }) : t("outline", { seconds });
  return { text, ready: Math.round(4 + seconds * 0.8) };
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(REMEMBERED)) || {};
  } catch {
    return {};
  }
}

export function keepDraft(spec) {
  sessionStorage.setItem("autoshorts.draft", spec.prompt);
}

function takeDraft() {
  const draft = sessionStorage.getItem("autoshorts.draft") || "";
  sessionStorage.removeItem("autoshorts.draft");
  return draft;
}
