// The page's words, in the browser's language. A language more is one file and one line here.
import en from "./i18n/en.js";
import ko from "./i18n/ko.js";

const LANGUAGES = { en, ko };
export const language = (navigator.languages || [navigator.language])
  .map((tag) => tag.split("-")[0])
  .find((tag) => LANGUAGES[tag]) || "en";
document.documentElement.lang = language;
const words = LANGUAGES[language];

export const all = (key) => words[key];

export function t(key, values = {}) {
  const text = words[key] ?? en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const STEPS = [[60, "second"], [3600, "minute"], [86400, "hour"], [Infinity, "day"]];

export function since(iso) {
  const seconds = (Date.now() - new Date(iso)) / 1000;
  let unit = 1;
  for (const [limit, name] of STEPS) {
    if (seconds < limit) return ago.format(-Math.round(seconds / unit), name);
    unit = limit;
  }
  return "";
}

export const clock = (ms) => `${Math.floor(ms / 60000)}:${String(Math.round(ms / 1000) % 60).padStart(2, "0")}`;
