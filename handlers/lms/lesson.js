// The questions of a lesson; where an LMS offers the SCORM 1.2 API, it is told the score and the status.
// SCORM 1.2 Run-Time Environment, sections 3.3 (finding the API) and 3.4 (the data model).
"use strict";

(() => {
  const began = Date.now();
  const form = document.querySelector("form");
  const api = found(window) || (window.opener ? found(window.opener) : null);
  let open = false;

  /** The API of this window or of one around it; no LMS nests deeper than a few frames. */
  function found(from) {
    try {
      for (let level = 0; level < 10; level += 1) {
        if (from.API) return from.API;
        if (!from.parent || from.parent === from) return null;
        from = from.parent;
      }
    } catch {
      // A page of another origin is around us: there is no LMS to be had.
    }
    return null;
  }

  const get = (name) => String(api.LMSGetValue(name));
  const set = (name, value) => api.LMSSetValue(name, String(value));

  function start() {
    open = Boolean(api) && String(api.LMSInitialize("")) === "true";
    if (!open) return;
    if (!["completed", "passed", "failed"].includes(get("cmi.core.lesson_status"))) {
      set("cmi.core.lesson_status", "incomplete");
    }
    api.LMSCommit("");
  }

  /** Hours, minutes and seconds as SCORM 1.2 writes a length of time: 0000:03:09. */
  function spent() {
    const seconds = Math.floor((Date.now() - began) / 1000);
    const two = (number) => String(number).padStart(2, "0");
    const hours = String(Math.floor(seconds / 3600)).padStart(4, "0");
    return `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }

  function finish() {
    if (!open) return;
    open = false;
    set("cmi.core.session_time", spent());
    api.LMSCommit("");
    api.LMSFinish("");
  }

  /** The best score stays, and a lesson that was passed stays so. */
  function report(answers) {
    if (!open || get("cmi.core.lesson_mode") === "review") return;
    const score = Math.round((100 * answers.filter(({ right }) => right).length) / answers.length);
    const before = get("cmi.core.score.raw");
    if (before === "" || score > Number(before)) {
      set("cmi.core.score.min", 0);
      set("cmi.core.score.max", 100);
      set("cmi.core.score.raw", score);
    }
    if (score === 100) set("cmi.core.lesson_status", "passed");
    const first = Number(get("cmi.interactions._count")) || 0;
    answers.forEach(({ name, chosen, wanted, right }, index) => {
      const place = `cmi.interactions.${first + index}`;
      set(`${place}.id`, name);
      set(`${place}.type`, "choice");
      set(`${place}.correct_responses.0.pattern`, wanted);
      set(`${place}.student_response`, chosen);
      set(`${place}.result`, right ? "correct" : "wrong");
    });
    api.LMSCommit("");
  }

  function answered(event) {
    event.preventDefault();
    const chosen = new FormData(form);
    const answers = [...form.querySelectorAll("fieldset")].map((question) => {
      const { name } = question.querySelector("input");
      const answer = { name, chosen: chosen.get(name), wanted: question.dataset.right };
      const right = answer.chosen === answer.wanted;
      const said = question.querySelector("[role=status]");
      said.textContent = `${right ? form.dataset.yes : form.dataset.notYet} ${said.dataset.why}`;
      return { ...answer, right };
    });
    const count = answers.filter(({ right }) => right).length;
    const score = form.dataset.score.replace("{right}", count).replace("{count}", answers.length);
    document.getElementById("result").textContent = count === answers.length ? `${score} ${form.dataset.done}` : score;
    report(answers);
  }

  form.addEventListener("submit", answered);
  window.addEventListener("pagehide", finish);
  start();
})();
