// A guess at what the planner will do with these words, and how long this machine takes for it.
import { recall, remember } from "./draft.js";

const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3]/g;
const FIRST_PACE = 1.3;
const KEPT = 5;

// A script has three sentences or more; its scenes are its sentences. A topic becomes an outline.
// Where the server has read the same words, it knows better.
export function estimated(prompt, cuts, reading) {
  const sentences = prompt.split(/[.!?…。！？।؟\n]+/).filter((s) => s.trim()).length;
  const weight = prompt.length + (prompt.match(WIDE) || []).length;
  const known = reading?.prompt === prompt ? reading : null;
  const isScript = known ? known.kind !== "topic" : sentences >= 3 || weight > 160;
  const scenes = Number(cuts) || (isScript ? known?.sentences || sentences : known?.cuts || 5);
  const film = known?.length_s || Math.max(3, Math.round(isScript ? weight / 13 + scenes * 0.6 : scenes * 3.6));
  return { scenes, film, ready: Math.round(4 + film * pace()) };
}

// Seconds of work per second of film: the median of the last shorts seen from start to end.
function pace() {
  const seen = [...recall("pace", [])].sort((a, b) => a - b);
  return seen.length ? seen[Math.floor(seen.length / 2)] : FIRST_PACE;
}

export function learnPace(run) {
  const film = run.scenes.reduce((sum, scene) => sum + scene.duration_ms, 0) / 1000;
  const work = (new Date(run.updated_at) - new Date(run.created_at)) / 1000;
  if (film > 0 && work > 0) remember("pace", [...recall("pace", []), work / film].slice(-KEPT));
}
