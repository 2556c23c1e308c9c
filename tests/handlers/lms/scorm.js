// An LMS's side of SCORM 1.2: Run-Time Environment 1.2 (ADL, 1 October 2001), sections 3.3 and 3.4.
// As strict as the text: what a call may not do fails with the error number the text gives, and is remembered.
"use strict";

window.calls = [];
window.failures = [];
window.kept = {};

window.API = (() => {
  let state = "closed"; // then "open", then "over"
  let error = "0";

  // The data model, by element: who may use it ("r", "w", "rw") and what may be written.
  const number = /^(\d{1,2}(\.\d+)?|100(\.0+)?)$/;
  const identifier = /^[!-~]{1,255}$/;
  const model = [
    [/^cmi\.core\.(_children|student_id|student_name|credit|entry|total_time|lesson_mode)$/, "r"],
    [/^cmi\.core\.score\._children$/, "r"],
    [/^cmi\.core\.lesson_location$/, "rw", /^[^]{0,255}$/],
    [/^cmi\.core\.lesson_status$/, "rw", /^(passed|completed|failed|incomplete|browsed)$/],
    [/^cmi\.core\.score\.(raw|min|max)$/, "rw", number],
    [/^cmi\.core\.exit$/, "w", /^(time-out|suspend|logout|)$/],
    [/^cmi\.core\.session_time$/, "w", /^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/],
    [/^cmi\.suspend_data$/, "rw", /^[^]{0,4096}$/],
    [/^cmi\.launch_data$/, "r"],
    [/^cmi\.interactions\.(_children|_count)$/, "r"],
    [/^cmi\.interactions\.\d+\.id$/, "w", identifier],
    [/^cmi\.interactions\.\d+\.time$/, "w", /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/],
    [/^cmi\.interactions\.\d+\.type$/, "w", /^(true-false|choice|fill-in|matching|performance|sequencing|likert|numeric)$/],
    [/^cmi\.interactions\.\d+\.correct_responses\.\d+\.pattern$/, "w", /^[a-z0-9](,[a-z0-9])*$/],
    [/^cmi\.interactions\.\d+\.student_response$/, "w", /^[a-z0-9](,[a-z0-9])*$/],
    [/^cmi\.interactions\.\d+\.result$/, "w", /^(correct|wrong|unanticipated|neutral|\d+(\.\d+)?)$/],
    [/^cmi\.interactions\.\d+\.weighting$/, "w", /^-?\d+(\.\d+)?$/],
    [/^cmi\.interactions\.\d+\.latency$/, "w", /^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/],
  ];
  const found = (name) => model.find(([pattern]) => pattern.test(name));
  const interactions = () =>
    new Set(Object.keys(kept).map((name) => /^cmi\.interactions\.(\d+)/.exec(name)?.[1]).filter(Boolean)).size;

  function asked(names, words, answer) {
    calls.push([names, ...words]);
    const said = words.every((word) => typeof word === "string") ? answer(...words) : ["201", ""];
    [error] = said;
    if (error !== "0") failures.push([names, ...words, error]);
    return said[1];
  }

  const opened = (word) => {
    if (word !== "") return ["201", "false"];
    if (state !== "closed") return ["101", "false"];
    state = "open";
    return ["0", "true"];
  };
  const finished = (word) => {
    if (word !== "") return ["201", "false"];
    if (state !== "open") return ["301", "false"];
    state = "over";
    return ["0", "true"];
  };
  const committed = (word) => (word !== "" ? ["201", "false"] : state === "open" ? ["0", "true"] : ["301", "false"]);

  const got = (name) => {
    if (state !== "open") return ["301", ""];
    const element = found(name);
    if (!element) return ["201", ""];
    if (!element[1].includes("r")) return ["404", ""];
    return ["0", name === "cmi.interactions._count" ? String(interactions()) : kept[name] ?? ""];
  };

  const set = (name, value) => {
    if (state !== "open") return ["301", "false"];
    const element = found(name);
    if (!element) return ["201", "false"];
    if (/\._(children|count)$/.test(name)) return ["402", "false"];
    if (!element[1].includes("w")) return ["403", "false"];
    if (!element[2].test(value)) return ["405", "false"];
    const place = /^cmi\.interactions\.(\d+)/.exec(name);
    if (place && Number(place[1]) > interactions()) return ["201", "false"]; // no gaps in a list
    kept[name] = value;
    return ["0", "true"];
  };

  return {
    LMSInitialize: (...words) => asked("LMSInitialize", words, opened),
    LMSFinish: (...words) => asked("LMSFinish", words, finished),
    LMSGetValue: (...words) => asked("LMSGetValue", words, got),
    LMSSetValue: (...words) => asked("LMSSetValue", words, set),
    LMSCommit: (...words) => asked("LMSCommit", words, committed),
    LMSGetLastError: () => error,
    LMSGetErrorString: (code) => `error ${code}`,
    LMSGetDiagnostic: () => "",
  };
})();
