// Preact and htm, from the one vendored file.
export { html, render, useCallback, useEffect, useMemo, useReducer, useRef, useState } from "../vendor/preact.js";
