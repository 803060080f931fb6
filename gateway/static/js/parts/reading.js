// How the words in the box are understood, who makes the film of them, and what would better it.
import { html, useEffect, useState } from "../html.js";
import { readPrompt } from "../api.js";
import { has, language, languageName, named, span, t } from "../i18n.js";
import { takenAs } from "./understood.js";

const PAUSE_MS = 400;
const either = new Intl.ListFormat(language, { type: "disjunction" });
const ASKED = ["prompt", "mode", "num_characters", "language", "locale", "voice_id"];

// The reading of a spec once its words rest; until the next is there the last one stays.
export function useReading(spec, isReady) {
  const [reading, setReading] = useState(null);
  const body = isReady && JSON.stringify(spec, ASKED);
  useEffect(() => {
    if (!body) { setReading(null); return undefined; }
    const stop = new AbortController();
    const asked = JSON.parse(body);
    const timer = setTimeout(() => readPrompt(asked, stop.signal).then(
      (found) => setReading({ ...found, prompt: asked.prompt }),
      (problem) => { if (!stop.signal.aborted) setReading(refusal(problem)); },
    ), PAUSE_MS);
    return () => { clearTimeout(timer); stop.abort(); };
  }, [body]);
  return reading;
}

// Words of which no film can be made are said to be so; what else goes wrong is told elsewhere.
function refusal(problem) {
  const error = problem.errors?.find((e) => e.pointer === "/prompt");
  return problem.status === 422 && error ? { refused: error.detail } : null;
}

export function Reading({ reading }) {
  const taken = reading && (reading.refused ? t("refused") : [takenAs(reading), ...wishes(reading)].join(" · "));
  const [hint] = reading?.hints || [];
  return html`<div class="reading">
    <p role="status" class=${reading?.refused ? "taken bad" : "taken"}>${taken || ""}${reading?.refused && html` <small>${reading.refused}</small>`}</p>
    ${reading?.makers?.length > 0 && html`<dl>${WHO.map((role) => html`<${Who} key=${role} role=${role} reading=${reading} />`)}</dl>`}
    ${hint && html`<p class="better">${t(`better.${hint.gain}`, { language: languageName(reading.language), ways: either.format(hint.ways.map(way)) })}</p>`}
  </div>`;
}

// What a topic asks for beside its subject.
function wishes({ kind, asks, points, cuts, length_s }) {
  if (kind !== "topic") return [];
  const manner = has(`asks.${asks}`) && (points || asks !== "facts") ? t(`asks.${asks}`, { n: points }) : points ? t("asks.points", { n: points }) : "";
  return [manner, cuts && t("asks.scenes", { n: cuts }), length_s && span(length_s)].filter(Boolean);
}

const WHO = ["planner", "images", "voice"];

function Who({ role, reading }) {
  const maker = reading.makers.find((m) => m.role === role);
  return maker && html`<div><dt>${t(`who.${role}`)}</dt><dd>${whose(role, maker, reading)}</dd></div>`;
}

function whose(role, maker, reading) {
  if (role === "planner" && reading.kind !== "topic") return t("maker.own");
  if (maker.voices.length) return maker.voices.map(voiceWords).join(", ");
  return has(`maker.${maker.provider}`) ? t(`maker.${maker.provider}`) : maker.name;
}

export function voiceName({ id, name, sex }) {
  const [, kind, n] = /^espeak-([fm])(\d+)$/.exec(id) || [];
  if (kind) return t(`voice.${kind}`, { n });
  return sex ? t(`voice.${sex}`, { name }) : name;
}

const voiceWords = (voice) => [voiceName(voice), ...manner(voice)].join(", ");

// What to know of how a voice speaks the language.
export const manner = (voice) =>
  [voice.accent && named("accent", voice.accent), voice.experimental && t("experimental")].filter(Boolean);

const way = ({ provider, how }) => (has(`way.${provider}`) ? t(`way.${provider}`) : how);
