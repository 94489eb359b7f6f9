// Answers of a questionnaire are saved while one writes. Without this file its buttons save them.

const PAUSE = 1200, AT_ONCE = 150, LONGEST_PAUSE = 30_000, LONGEST_SAVE = 20_000;
// What a browser still sends of a page that is left.
const SENT_ON_LEAVING = 60_000;

/** The part of the page around one question. */
const questionOf = (element) => element.closest("[data-question]");

/** Shows what the answers of this page bring out; of answers on other pages the server knows. */
function branch(form) {
  for (const question of form.querySelectorAll("[data-if]")) {
    const source = form.querySelector(`[data-question="${CSS.escape(question.dataset.if)}"]`);
    if (!source) continue;
    const keys = question.dataset.ifKeys.split(" ");
    question.hidden = source.hidden || !chosen(source).some((key) => keys.includes(key));
  }
}

function chosen(question) {
  const controls = [...question.querySelectorAll("input:checked, select")];
  return controls.map((control) => control.value);
}

/** The changed questions as the server reads them: which ones, and their fields as they are now. */
function changedFields(form, keys) {
  const fields = new URLSearchParams();
  for (const name of ["csrfmiddlewaretoken", "drawn"]) fields.append(name, form.elements[name].value);
  const values = [...new FormData(form).entries()];
  for (const key of keys) {
    fields.append("question", key);
    const question = form.querySelector(`[data-question="${CSS.escape(key)}"]`);
    const names = new Set([...question.querySelectorAll("[name]")].map((control) => control.name));
    for (const [name, value] of values) if (names.has(name)) fields.append(name, value);
  }
  return fields;
}

function showFaults(form, keys, faults) {
  for (const key of keys) {
    const question = form.querySelector(`[data-question="${CSS.escape(key)}"]`);
    const place = question.querySelector("[data-error]");
    place.textContent = faults[key] ?? "";
    place.hidden = !faults[key];
    for (const control of question.querySelectorAll(".input")) {
      if (faults[key]) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  }
}

/** After signing in again in another tab the form needs the token of the new session. */
async function isSignedIn(form) {
  const page = await fetch(location.href, { signal: AbortSignal.timeout(LONGEST_SAVE) });
  const there = new DOMParser().parseFromString(await page.text(), "text/html");
  const token = there.querySelector("form[data-autosave] [name='csrfmiddlewaretoken']");
  if (token) form.elements.csrfmiddlewaretoken.value = token.value;
  return Boolean(token);
}

function tendAnswers(form) {
  const status = form.querySelector("[data-saved]");
  const unsaved = new Set();
  let timer = 0, isBusy = false, isOver = false, failures = 0;

  const say = (state, words) => {
    status.dataset.state = state;
    status.querySelector("[data-words]").textContent = words;
    status.hidden = false;
  };
  const plan = (pause) => {
    clearTimeout(timer);
    if (!isOver) timer = setTimeout(save, pause);
  };
  const note = (event, pause) => {
    const question = questionOf(event.target);
    if (!question || isOver) return;
    unsaved.add(question.dataset.question);
    branch(form);
    if (!failures) plan(pause);
  };

  async function save() {
    if (isBusy || isOver || !unsaved.size) return;
    const keys = [...unsaved];
    unsaved.clear();
    isBusy = true;
    try {
      const signal = AbortSignal.timeout(LONGEST_SAVE);
      const body = changedFields(form, keys);
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body, signal, redirect: "manual",
        keepalive: String(body).length < SENT_ON_LEAVING, headers: { Accept: "application/json" },
      });
      await take(answer, keys);
    } catch {
      again(keys, form.dataset.wordsOffline);
    }
    isBusy = false;
    if (unsaved.size) plan(failures ? Math.min(2000 * 2 ** failures, LONGEST_PAUSE) : AT_ONCE);
  }

  async function take(answer, keys) {
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      if (!await isSignedIn(form)) return again(keys, form.dataset.wordsSignedOut);
      return again(keys, form.dataset.wordsOffline);
    }
    if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error("not an answer");
    const told = await answer.json();
    failures = 0;
    say(told.state, told.words);
    if (told.state === "closed") { isOver = true; return; }
    form.elements.drawn.value = JSON.stringify({ ...JSON.parse(form.elements.drawn.value), ...told.drawn });
    showFaults(form, keys, told.faults);
    for (const [place, words] of Object.entries(told.counts)) {
      for (const element of document.querySelectorAll(`[data-count="${place}"]`)) element.textContent = words;
    }
    if (told.others) showOthers(told.others);
  }

  function again(keys, words) {
    failures += 1;
    for (const key of keys) unsaved.add(key);
    say("failed", words);
  }

  function showOthers(words) {
    const notice = form.querySelector("[data-others]");
    notice.querySelector("[data-words]").textContent = words;
    notice.hidden = false;
  }

  branch(form);
  form.addEventListener("input", (event) => note(event, PAUSE));
  form.addEventListener("change", (event) => note(event, AT_ONCE));
  form.addEventListener("submit", () => { isOver = true; clearTimeout(timer); });
  window.addEventListener("online", () => plan(AT_ONCE));
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  window.addEventListener("beforeunload", (event) => {
    if (failures && !isOver) event.preventDefault();
    else save();
  });
}

for (const form of document.querySelectorAll("form[data-autosave]")) tendAnswers(form);
for (const form of document.querySelectorAll("form[data-branching]")) {
  branch(form);
  form.addEventListener("change", () => branch(form));
}
