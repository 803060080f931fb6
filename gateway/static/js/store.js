// What is known of the run on screen, as a pure function of the events seen.
export const NOTHING = { run: null, log: [], degraded: [], verdicts: [], newest: null, stage: null, eta: null, redo: [] };

const PACE_FROM = 0.15;
const FLOORS = { RENDERING: [0.65, 0.8], QA: [0.8, 0.98], ASSET_GENERATION: [0.2, 0.65] };

export function reduce(known, event) {
  if (event.type === "snapshot" || event.type === "reset") return begin(event.run);
  if (!known.run || event.type === "bye") return known;
  const next = STEPS[event.type] ? STEPS[event.type](known, event) : known;
  if (event.progress === undefined) return next;
  const progress = Math.max(next.run.progress, event.progress);
  return { ...next, run: { ...next.run, progress, updated_at: event.at || next.run.updated_at }, eta: timeLeft(next, event, progress) };
}

function begin(run) {
  const pictured = run.scenes.filter((scene) => scene.image);
  const judged = run.verdicts.filter((verdict) => !verdict.passed);
  return {
    run, log: run.logs, degraded: run.degraded, verdicts: judged,
    newest: pictured.length ? pictured[pictured.length - 1].scene_id : null,
    stage: judged.length ? null : shareOf(run.state, run.progress),
    eta: run.eta_seconds == null || judged.length ? null : { seconds: run.eta_seconds, at: Date.now() },
    redo: redone(run.reopened),
  };
}

// How much of the present stage is done. After a QA retry the fraction of the whole stands still
// and says nothing of it: null.
function shareOf(state, progress) {
  const [from, to] = FLOORS[state] || [];
  return from === undefined ? null : Math.min(Math.max((progress - from) / (to - from), 0), 1);
}

function timeLeft(known, event, progress) {
  if (event.eta_seconds != null && !known.verdicts.length) return { seconds: event.eta_seconds, at: Date.now() };
  if (!event.at || progress < PACE_FROM || known.verdicts.length || known.run.outcome) return known.eta;
  const elapsed = (new Date(event.at) - new Date(known.run.created_at)) / 1000;
  return elapsed < 2 ? known.eta : { seconds: (elapsed / progress) * (1 - progress), at: Date.now() };
}

const ENDINGS = {
  "image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp",
  "audio/wav": ".wav", "audio/mpeg": ".mp3", "audio/mp4": ".m4a",
};
const ending = (artifact) => ENDINGS[artifact.media_type] || ".bin";
const address = (known, name, artifact) =>
  `${known.run.links.artifacts}/${encodeURIComponent(name)}${ending(artifact)}?v=${artifact.sha256.slice(0, 8)}`;
const withRun = (known, change) => ({ ...known, run: { ...known.run, ...change } });
const withScene = (known, id, change) =>
  withRun(known, { scenes: known.run.scenes.map((s) => (s.scene_id === id ? { ...s, ...change(s) } : s)) });
const redone = (findings) => findings.filter((f) => f.scene_id).map((f) => `${f.redo}/${f.scene_id}`);
const once = (list, event) => (list.some((e) => e.seq === event.seq) ? list : [...list, event]);

const STEPS = {
  state: (known, e) => ({ ...withRun(known, { state: e.state, detail: e.detail }), stage: known.verdicts.length ? null : 0 }),
  progress: (known, e) => ({
    ...withRun(known, { state: e.state, detail: e.detail }),
    stage: known.verdicts.length ? null : shareOf(e.state, Math.max(known.run.progress, e.progress)),
  }),
  log: (known, e) => (known.log.includes(e.message) ? known : { ...known, log: [...known.log, e.message] }),
  degraded: (known, e) => ({ ...known, degraded: once(known.degraded, e) }),
  understood: (known, e) => withRun(known, { understood: e }),
  qa: (known, e) => (e.passed ? { ...known, redo: [] } : { ...known, verdicts: once(known.verdicts, e), eta: null, redo: redone(e.findings) }),
  // Comes again with other scenes, or with the lengths that they really have.
  plan(known, e) {
    const have = new Map(known.run.scenes.map((s) => [s.scene_id, s]));
    const scenes = e.scenes.map((s) => {
      const before = have.get(s.scene_id) || { image: null, voices: [], text: null };
      return { ...before, ...s, voices: before.text === s.text ? before.voices : [] };
    });
    return withRun(known, { title: e.title, language: e.language, scenes });
  },
  asset(known, e) {
    const made = { ...known, stage: known.run.state === "ASSET_GENERATION" ? e.done / e.total : known.stage, done: e.done, total: e.total };
    const still = { ...made, redo: known.redo.filter((r) => r !== `${e.kind}/${e.scene_id}`) };
    if (e.kind === "image") {
      const image = address(known, e.scene_id, e.artifact);
      return { ...withScene(still, e.scene_id, () => ({ image })), newest: e.scene_id };
    }
    if (e.kind === "voice") {
      const voice = address(known, e.name, e.artifact);
      const path = voice.split("?")[0];
      return withScene(still, e.scene_id, (s) => ({ voices: [...s.voices.filter((v) => v.split("?")[0] !== path), voice].sort() }));
    }
    return still;
  },
  ended(known, e) {
    const links = { ...known.run.links };
    const at = (name) => e.artifacts[name] && `${links.artifacts}/${name}`;
    links.video = at("final_video.mp4") || links.video;
    links.thumbnail = at("thumbnail.jpg") || links.thumbnail;
    const files = Object.entries(e.artifacts).map(([name, ref]) => ({ name, bytes: ref.bytes }));
    return { ...withRun(known, { state: e.state, outcome: e.outcome, error: e.error, links, artifacts: files }), eta: null, redo: [] };
  },
};
