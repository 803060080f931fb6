// One box: the words, the choices that matter, and the rest folded away.
import { html, useEffect, useMemo, useRef, useState } from "../html.js";
import { newKey, startRun } from "../api.js";
import { FIRST, recall, remember, specOf } from "../draft.js";
import { estimated } from "../estimate.js";
import { all, language, languageName, named, number, span, t } from "../i18n.js";
import { Chip, OpenChip, ShapeChips } from "../parts/chip.js";
import { paidServices } from "../parts/header.js";
import { attach, Pictures } from "../parts/pictures.js";
import { Posters } from "../parts/posters.js";
import { Reading, useReading } from "../parts/reading.js";
import { Voices } from "../parts/voices.js";
import { byField } from "../problems.js";

const NUMBERS = ["", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

export function Create({ options }) {
  const draft = useMemo(() => recall("draft", {}), []);
  const [prompt, setPrompt] = useState(draft.prompt || "");
  const [choices, setChoices] = useState({ ...FIRST, ...recall("choices", {}), seed: draft.seed || "" });
  const [pictures, setPictures] = useState(draft.pictures || []);
  const [errors, setErrors] = useState({});
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const key = useRef(newKey());
  const most = options?.max_prompt_characters || 20_000;
  const reading = useReading(specOf(prompt, choices, []), prompt.trim() !== "" && prompt.length <= most);
  const estimate = useMemo(() => estimated(prompt, choices.num_cuts, reading), [prompt, choices.num_cuts, reading]);

  useEffect(() => {
    const ready = pictures.filter((p) => p.name);
    remember("draft", { prompt, seed: choices.seed, pictures: ready });
  }, [prompt, choices.seed, pictures]);

  const choose = (name) => (value) => {
    const next = { ...choices, [name]: value };
    setChoices(next);
    remember("choices", { ...next, seed: "" });
  };
  const take = (files) => { if (files.length) attach(files, pictures, setPictures); };

  async function submit(event) {
    event.preventDefault();
    if (busy || prompt.length > most) return;
    setBusy(true);
    setErrors({});
    try {
      const run = await startRun(specOf(prompt, choices, pictures.filter((p) => p.name)), key.current);
      remember("draft", {});
      location.hash = `#/runs/${encodeURIComponent(run.run_id)}`;
    } catch (problem) {
      if (problem.status >= 400 && problem.status < 500) key.current = newKey();
      setErrors(byField(problem));
      setBusy(false);
      document.getElementById("prompt")?.focus();
    }
  }
  const quick = (event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.form.requestSubmit();
  const paste = (event) => { const files = event.clipboardData?.files || []; if (files.length) { event.preventDefault(); take(files); } };
  const drag = {
    onDragOver: (e) => { if ([...e.dataTransfer.types].includes("Files")) { e.preventDefault(); setOver(true); } },
    onDragLeave: (e) => { if (!e.currentTarget.contains(e.relatedTarget)) setOver(false); },
    onDrop: (e) => { e.preventDefault(); setOver(false); take(e.dataTransfer.files); },
  };
  const tooLong = prompt.length > most && t("tooLong", { n: number(prompt.length), most: number(most) });
  const usual = choices.voice_id ? [] : reading?.makers?.find((m) => m.role === "voice")?.voices;
  const promptError = tooLong || errors.prompt;

  return html`<main class="page">
    <h1 tabindex="-1">${t("headline")}</h1>
    <p class="lead">${t("lead")}</p>
    <form class=${over ? "box over" : "box"} onSubmit=${submit} ...${drag}>
      <label class="visually-hidden" for="prompt">${t("prompt")}</label>
      <textarea id="prompt" required rows="4" placeholder=${t("placeholder")} value=${prompt} aria-invalid=${promptError ? "true" : undefined}
        aria-describedby=${promptError ? "prompt-error" : "estimate"} aria-keyshortcuts="Control+Enter" onInput=${(e) => setPrompt(e.target.value)} onKeyDown=${quick} onPaste=${paste}></textarea>
      ${promptError && html`<p class="error" id="prompt-error" role="alert">${promptError}</p>`}
      <${Reading} reading=${promptError ? null : reading} />
      <${Pictures} pictures=${pictures} onRemove=${(gone) => setPictures(pictures.filter((p) => p !== gone))} />
      <div class="row">
        <${ShapeChips} value=${choices.aspect_ratio} onChange=${choose("aspect_ratio")} values=${options?.aspect_ratios || ["9:16", "16:9", "1:1", "4:5"]} />
        <${Chip} label=${t("mode")} value=${choices.mode} onChange=${choose("mode")} values=${options?.modes || ["general", "story", "ad"]} name=${(v) => t(`mode.${v}`)} />
        <${Chip} label=${t("scenes")} value=${choices.num_cuts} onChange=${choose("num_cuts")} values=${NUMBERS} name=${(v) => v || t("autoScenes", { n: prompt.trim() ? estimate.scenes : "" }).replace(/ · $/, "")} />
        <${OpenChip} label=${t("look")} value=${choices.art_style} onChange=${choose("art_style")} values=${options?.styles || []} name=${(v) => named("style", v)} />
        <${OpenChip} label=${t("music")} value=${choices.music_genre} onChange=${choose("music_genre")} values=${options?.genres || []} name=${(v) => named("genre", v)} />
      </div>
      <div class="rest"><details class="more">
        <summary>${t("more")}</summary>
        <div class="fields">
          <${Field} label=${t("language")} value=${choices.language} onChange=${choose("language")} values=${["", ...(options?.languages || [])]} name=${(v) => (v ? languageName(v) : t("detected"))} />
          <${Field} label=${t("captions")} value=${choices.captions} onChange=${choose("captions")} values=${options?.captions || ["karaoke"]} name=${(v) => t(`captions.${v}`)} />
          <${Field} label=${t("characters")} value=${choices.num_characters} onChange=${choose("num_characters")} values=${["1", "2"]} name=${(v) => t("people", { n: Number(v) })} />
          <label class="field">${t("seed")}<input inputmode="numeric" pattern="[0-9]*" placeholder=${t("drawn")} value=${choices.seed} onInput=${(e) => choose("seed")(e.target.value)} /></label>
        </div>
        ${options?.voices.length > 0 && html`<${Voices} voices=${options.voices} language=${choices.language || reading?.language || language} value=${choices.voice_id} onChange=${choose("voice_id")} usual=${usual} />`}
      </details>
      <label class="chip file"><span>＋ ${t("pictures")}</span><input class="visually-hidden" type="file" accept="image/png,image/jpeg,image/webp" multiple onChange=${(e) => { take([...e.target.files]); e.target.value = ""; }} /></label></div>
      <div class="start">
        <p class="estimate" id="estimate"><span>${prompt.trim() ? t("estimate", { n: estimate.scenes, film: span(estimate.film) }) : html`<span class="hint">${t("hint")}</span>`}</span>
          ${prompt.trim() && html`<span>${cost(options)} · ${t("ready", { time: span(estimate.ready) })}</span>`}</p>
        <button class="go" disabled=${busy}>${busy ? t("making") : t("make")}</button>
      </div>
      ${errors.form && html`<p class="error" role="alert">${errors.form}</p>`}
      ${over && html`<p class="drop" aria-hidden="true">${t("drop")}</p>`}
    </form>
    <div class="tries" role="group" aria-label=${t("ideas")}>${all("tries").map((text) => html`<button type="button" onClick=${() => { setPrompt(text); document.getElementById("prompt").focus(); }}>${text}</button>`)}</div>
    <section class="recent"><div class="between"><h2>${t("yours")}</h2><a class="quiet" href="#/library">${t("seeAll")}</a></div><${Posters} limit=${10} short /></section>
  </main>`;
}

function cost(options) {
  const paid = paidServices(options);
  return paid.length ? t("paid", { names: paid.join(", ") }) : t("free");
}

function Field({ label, value, onChange, values, name }) {
  return html`<label class="field">${label}<select value=${value} onChange=${(e) => onChange(e.target.value)}>
    ${values.map((v) => html`<option key=${v} value=${v} selected=${v === value}>${name(v)}</option>`)}</select></label>`;
}
