// The page's words, in the browser's language. A language more is one file and one word here.
const LANGUAGES = ["en", "ko"];
export const language = (navigator.languages || [navigator.language])
  .map((tag) => tag.split("-")[0])
  .find((tag) => LANGUAGES.includes(tag)) || "en";
document.documentElement.lang = language;
const { default: known } = await import(`./i18n/${language}.js`);
const words = { ...known };

// The words that one view alone needs come with it.
export async function learn(view) {
  const { default: own } = await import(`./i18n/${view}/${language}.js`);
  Object.assign(words, own);
}

const plural = new Intl.PluralRules(language);
const whole = new Intl.NumberFormat(language);
const percentage = new Intl.NumberFormat(language, { style: "percent" });
const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const day = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
const languages = new Intl.DisplayNames(language, { type: "language" });

export const all = (key) => words[key];
export const has = (key) => key in words;

// The words of `key`; {name} is replaced, and {one, other} chosen between by `n`.
export function t(key, values = {}) {
  let text = words[key] ?? key;
  if (typeof text === "object") text = text[plural.select(values.n)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

const STEPS = [[60, "second"], [3600, "minute"], [86400, "hour"], [30 * 86400, "day"]];

export function since(iso) {
  const seconds = Math.max(0, (Date.now() - new Date(iso)) / 1000);
  let unit = 1;
  for (const [limit, name] of STEPS) {
    if (seconds < limit) return ago.format(-Math.floor(seconds / unit), name);
    unit = limit;
  }
  return day.format(new Date(iso));
}

const measured = (value, unit) =>
  new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }).format(value);

export function span(seconds) {
  const all = Math.max(1, Math.round(seconds));
  if (all < 60) return measured(all, "second");
  const rest = all % 60;
  const minutes = measured(Math.floor(all / 60), "minute");
  return rest && all < 600 ? `${minutes} ${measured(rest, "second")}` : minutes;
}

export const size = (bytes) =>
  bytes < 1e6 ? measured(Math.max(1, Math.round(bytes / 1e3)), "kilobyte") : measured(bytes / 1e6, "megabyte");
export const seconds = (value) => measured(value, "second");
export const percent = (share) => percentage.format(Math.floor(share * 100) / 100);
export const number = (value) => whole.format(value);
export const clock = (ms) => `${Math.floor(ms / 60000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}`;

export function languageName(tag) {
  try {
    return languages.of(tag);
  } catch {
    return tag;
  }
}

// What the API calls by a plain name, in the reader's words where there are some.
export const named = (group, value) => (has(`${group}.${value}`) ? t(`${group}.${value}`) : value);
