// The HTTP API. Every failure is an ApiError with a sentence in `message`.
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || String(status));
    this.status = status;
    this.title = problem.title || "";
    this.errors = problem.errors || [];
  }
}

async function ask(path, { method = "GET", json, body, headers = {}, signal } = {}) {
  const sent = json === undefined ? body : JSON.stringify(json);
  const all = json === undefined ? headers : { "Content-Type": "application/json", ...headers };
  let response;
  try {
    response = await fetch(path, { method, body: sent, headers: all, signal });
  } catch {
    throw new ApiError(0, { title: "offline" });
  }
  if (response.ok || response.status === 304) return response;
  const problem = new ApiError(response.status, await response.json().catch(() => ({})));
  if (problem.status === 401 && path !== "/api/session") dispatchEvent(new Event("locked"));
  throw problem;
}

async function request(path, options) {
  const response = await ask(path, options);
  return response.status === 204 ? null : response.json();
}

export const runUrl = (id) => `/api/runs/${encodeURIComponent(id)}`;
export const startRun = (spec, key) =>
  request("/api/runs", { method: "POST", json: spec, headers: { "Idempotency-Key": key } });
export const getRun = (id) => request(runUrl(id));
export const cancelRun = (id) => request(`${runUrl(id)}/cancel`, { method: "POST" });
export const getOptions = () => request("/api/options");
export const readPrompt = (spec, signal) => request("/api/reading", { method: "POST", json: spec, signal });
export const sampleUrl = (voice, language) => `/api/voices/${encodeURIComponent(voice)}/sample?language=${encodeURIComponent(language)}`;
export const getReady = () => request("/readyz");
export const upload = (file) => request("/api/uploads", { method: "POST", body: file });
export const login = (key) => request("/api/session", { method: "POST", json: { key } });

export function listRuns({ states = [], cursor = "", limit = 24 }) {
  const query = new URLSearchParams([["limit", limit], ...states.map((state) => ["state", state])]);
  if (cursor) query.set("cursor", cursor);
  return request(`/api/runs?${query}`);
}

// The run if it is another than `etag` names, else null; and its ETag.
export async function getRunIfChanged(id, etag) {
  const response = await ask(runUrl(id), { headers: etag ? { "If-None-Match": etag } : {} });
  return { etag: response.headers.get("ETag"), run: response.status === 304 ? null : await response.json() };
}

export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
}
