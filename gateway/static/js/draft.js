// What the page remembers between visits: the words being written, the choices, this machine's pace.
const KEYS = { draft: "autoshorts.draft", choices: "autoshorts.choices", pace: "autoshorts.pace", shortcuts: "autoshorts.shortcuts" };

export const FIRST = {
  mode: "general", aspect_ratio: "9:16", captions: "karaoke", num_cuts: "", art_style: "", music_genre: "",
  voice_id: "", language: "", num_characters: "1", seed: "",
};

export function recall(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(KEYS[name])) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(KEYS[name], JSON.stringify(value));
  } catch {
    // A browser that keeps nothing still makes shorts.
  }
}

// The form as it was for a run that is there: for another one like it.
export function draftOf(spec) {
  const choices = Object.fromEntries(Object.keys(FIRST).map((name) => [name, String(spec[name] ?? "")]));
  remember("choices", { ...choices, seed: "" });
  remember("draft", { prompt: spec.prompt, seed: choices.seed, pictures: spec.reference_images.map((name) => ({ name, label: name })) });
}

export function specOf(prompt, choices, pictures) {
  const { mode, aspect_ratio, captions } = choices;
  const spec = { prompt, mode, aspect_ratio, captions, num_characters: Number(choices.num_characters) };
  for (const field of ["art_style", "music_genre", "voice_id", "language"]) if (choices[field]) spec[field] = choices[field];
  for (const field of ["num_cuts", "seed"]) if (choices[field]) spec[field] = Number(choices[field]);
  // Decides the film's language where a few words say little.
  if (/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(navigator.language)) spec.locale = navigator.language;
  if (pictures.length) spec.reference_images = pictures.map((p) => p.name);
  return spec;
}
