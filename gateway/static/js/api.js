// The HTTP API. Every failure is an ApiError with a sentence in `message`.
export class ApiError extends Error {
  constructor(status, detail, retryable) {
    super(detail);
    this.status = status;
    this.retryable = retryable;
  }
}

export async function request(path, { method = "GET", json, body, headers = {} } = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      body: json === undefined ? body : JSON.stringify(json),
      headers: json === undefined ? headers : { "Content-Type": "application/json", ...headers },
    });
  } catch {
    throw new ApiError(0, "offline", true);
  }
  if (response.ok) return response.status === 204 ? null : response.json();
  const problem = await response.json().catch(() => ({}));
  throw new ApiError(response.status, problem.detail || response.statusText, response.status >= 500);
}

export const startRun = (spec, key) =>
  request("/api/runs", { method: "POST", json: spec, headers: { "Idempotency-Key": key } });
export const getRun = (id) => request(`/api/runs/${encodeURIComponent(id)}`);
export const listRuns = (cursor, limit = 24) =>
  request(`/api/runs?limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
export const cancelRun = (id) => request(`/api/runs/${encodeURIComponent(id)}/cancel`, { method: "POST" });
export const getOptions = () => request("/api/options");
export const upload = (file) => request("/api/uploads", { method: "POST", body: file });
export const login = (key) => request("/api/session", { method: "POST", json: { key } });
