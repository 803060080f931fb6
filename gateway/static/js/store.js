// What is known of the run on screen, as a pure function of the events seen.
export const NOTHING = { run: null, log: [], notes: [], newest: null };

const ending = (artifact) => artifact.uri.slice(artifact.uri.lastIndexOf("."));

export function reduce(known, event) {
  if (event.type === "snapshot" || event.type === "reset") return begin(event.run);
  if (!known.run || event.type === "bye") return known;
  const next = STEPS[event.type] ? STEPS[event.type](known, event) : known;
  if (event.progress === undefined) return next;
  return { ...next, run: { ...next.run, progress: Math.max(next.run.progress, event.progress) } };
}

function begin(run) {
  const pictured = run.scenes.filter((scene) => scene.image);
  return {
    run,
    log: run.logs,
    notes: run.warnings,
    newest: pictured.length ? pictured[pictured.length - 1].scene_id : null,
  };
}

const withRun = (known, change) => ({ ...known, run: { ...known.run, ...change } });

const withScene = (known, id, change) =>
  withRun(known, { scenes: known.run.scenes.map((s) => (s.scene_id === id ? { ...s, ...change(s) } : s)) });

const STEPS = {
  state: (known, e) => withRun(known, { state: e.state, detail: e.detail }),
  progress: (known, e) => withRun(known, { detail: e.detail, eta_seconds: e.eta_seconds }),
  log: (known, e) => (known.log.includes(e.message) ? known : { ...known, log: [...known.log, e.message] }),
  degraded: (known, e) => note(known, e.message),
  qa: (known, e) => (e.passed ? known : note(known, e.findings.map((f) => f.message).join("; "), "qa")),
  plan(known, e) {
    const have = new Map(known.run.scenes.map((s) => [s.scene_id, s]));
    const scenes = e.scenes.map((s) => ({ image: null, voices: [], ...have.get(s.scene_id), ...s }));
    return withRun(known, { title: e.title, language: e.language, scenes });
  },
  asset(known, e) {
    const url = `${known.run.links.artifacts}/`;
    if (e.kind === "image") {
      const at = { image: `${url}${e.scene_id}${ending(e.artifact)}?v=${e.artifact.sha256.slice(0, 8)}` };
      return { ...withScene(known, e.scene_id, () => at), newest: e.scene_id };
    }
    if (e.kind === "voice") {
      const voice = `${url}${e.name}${ending(e.artifact)}`;
      const added = (s) => ({ voices: s.voices.includes(voice) ? s.voices : [...s.voices, voice] });
      return withScene(known, e.scene_id, added);
    }
    return known;
  },
  ended(known, e) {
    const links = { ...known.run.links };
    if (e.artifacts["final_video.mp4"]) links.video = `${links.artifacts}/final_video.mp4`;
    return withRun(known, { state: e.state, outcome: e.outcome, error: e.error, links, eta_seconds: null });
  },
};

function note(known, text, kind = "degraded") {
  const said = kind === "qa" ? { qa: text } : text;
  const same = known.notes.some((n) => JSON.stringify(n) === JSON.stringify(said));
  return same ? known : { ...known, notes: [...known.notes, said] };
}
