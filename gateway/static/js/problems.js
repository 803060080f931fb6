// What went wrong, in the reader's words where they are known, else in the API's.
import { has, t } from "./i18n.js";

const BY_STATUS = { 0: "problem.offline", 403: "problem.site", 404: "problem.gone", 413: "problem.large", 415: "problem.picture", 429: "problem.often", 503: "problem.away", 507: "problem.full" };

export function say(problem) {
  const known = BY_STATUS[problem.status];
  if (known) return t(known);
  return problem.status >= 500 ? t("problem.server", { text: problem.message }) : problem.message;
}

// The sentences for one field of the form, and those for the form as a whole.
export function byField(problem) {
  const fields = {};
  const others = [];
  for (const { pointer, detail } of problem.errors || []) {
    const field = pointer.split("/")[1];
    const words = has(`field.${field}`) ? t(`field.${field}`, { detail }) : `${field}: ${detail}`;
    if (field === "prompt") fields.prompt = words;
    else others.push(words);
  }
  if (!fields.prompt && !others.length) others.push(say(problem));
  return { ...fields, form: others.join(" ") };
}

// Why a run failed, and what to do about it: by the kind of error, whatever its wording.
const KINDS = {
  AuthenticationFailed: "key", QuotaExceeded: "quota", ContentRejected: "rejected", InvalidInput: "input", InvalidPlot: "plot",
  UnknownUpload: "upload", QaExhausted: "check", RateLimited: "busy", ProviderTimeout: "busy", ProviderUnavailable: "busy",
  InvalidProviderRequest: "refused", timed_out: "long", terminated: "stopped", TimeoutError: "long",
};

export function explain(run) {
  if (run.outcome === "cancelled") return { title: t("cancelled"), advice: t("cancelledHint"), said: "" };
  const kind = KINDS[run.outcome] || KINDS[run.error?.type] || "other";
  return {
    title: t(`why.${kind}`), advice: t(`advice.${kind}`), said: run.error?.message || "",
    needsChange: ["rejected", "input", "upload", "plot"].includes(kind),
  };
}
