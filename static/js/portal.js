// Small comforts. Every page works without this file.

/** Asks before a form with data-confirm is sent. */
function askBeforeSending() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = form.dataset.confirm;
    if (!question || form.dataset.confirmed) return;
    event.preventDefault();
    openQuestion(question, event.submitter?.textContent.trim(), () => {
      form.dataset.confirmed = "yes";
      form.requestSubmit(event.submitter ?? undefined);
    });
  });
}

function openQuestion(question, act, proceed) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "question");
  const title = add(dialog, "h2", "dialog__title", question);
  title.id = "question";
  const actions = add(dialog, "div", "dialog__actions");
  const keep = add(actions, "button", "button button--secondary", document.body.dataset.wordsCancel);
  const go = add(actions, "button", "button button--danger", act || document.body.dataset.wordsConfirm);
  keep.addEventListener("click", () => dialog.close());
  go.addEventListener("click", () => { dialog.close(); proceed(); });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function add(parent, tag, css, words = "") {
  const element = document.createElement(tag);
  element.className = css;
  element.textContent = words;
  if (tag === "button") element.type = "button";
  parent.append(element);
  return element;
}

/** Opens dialogs in browsers that do not know commandfor yet. */
function openDialogs() {
  if ("commandForElement" in HTMLButtonElement.prototype) return;
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[commandfor][command='show-modal']");
    if (button) document.getElementById(button.getAttribute("commandfor"))?.showModal();
  });
}

/** A click outside, or Escape, closes an open menu and gives the focus back. */
function closeMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

/** Lists: clean addresses, order at once, and a busy mark while htmx fetches. */
function tendLists() {
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.target.closest?.("[data-list]")) return;
    const { formData } = event.detail;
    for (const [key, value] of [...formData.entries()]) {
      if (value === "") formData.delete(key);
    }
  });
  document.addEventListener("change", (event) => {
    const { form } = event.target;
    if (form?.matches("[data-list]") && !form.contains(event.target) && event.target.matches("select")) form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-list]:popover-open") && event.submitter) event.target.hidePopover();
  });
  for (const [name, busy] of [["htmx:beforeRequest", "true"], ["htmx:afterRequest", "false"]]) {
    document.addEventListener(name, (event) => {
      event.detail.target?.closest("[data-results]")?.setAttribute("aria-busy", busy);
    });
  }
}

/** Long lists of ticks: the number of chosen ones is kept true, the folded ones narrow while one types. */
function tendFoldedChoices() {
  for (const list of document.querySelectorAll("[data-folding]")) {
    const number = list.querySelector("[data-folding-count]");
    const filter = list.querySelector("[data-folding-filter]");
    const count = () => { number.textContent = list.querySelectorAll(":checked").length; };
    count();
    list.addEventListener("change", count);
    if (filter) narrowByWords(list, filter);
  }
}

function narrowByWords(list, filter) {
  const box = filter.querySelector("input");
  const groups = [...list.querySelectorAll("details")];
  filter.hidden = false;
  filter.querySelector("[data-folding-button]")?.remove();
  box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  box.addEventListener("input", () => {
    const words = box.value.toLocaleLowerCase().trim().split(/\s+/);
    const found = groups.filter((group) => narrowGroup(group, words));
    for (const group of groups) group.open = Boolean(box.value.trim()) && found.includes(group);
    filter.querySelector("[data-folding-none]").hidden = found.length > 0;
  });
}

/** Shows of a group what has the words, and the group itself only if something has. */
function narrowGroup(group, words) {
  const choices = [...group.querySelectorAll(".choice")];
  for (const choice of choices) {
    const label = choice.textContent.toLocaleLowerCase();
    choice.hidden = !words.every((word) => label.includes(word));
  }
  group.hidden = choices.every((choice) => choice.hidden);
  return !group.hidden;
}

/** Warns before a half-filled form with data-guard is left. */
function guardForms() {
  let changed = false;
  document.addEventListener("input", (event) => { changed ||= Boolean(event.target.closest("form[data-guard]")); });
  document.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

/** Minutes (forms with data-kept) are saved as one writes. What was typed last is sent when another form
 *  is sent or the page is left; what is overtaken or cannot be saved holds the writer back and says so. */
function keepWriting() {
  const PAUSE = 10_000;
  const unsaved = new Map();
  const retries = new Map();
  const kept = (event) => event.target.closest?.("form[data-kept]");
  const written = (form) => form.querySelector("textarea").value;
  const stopped = (form) => form.querySelector("[data-not-saved], [data-failed]:not([hidden])");
  document.addEventListener("input", (event) => { if (kept(event)) unsaved.set(kept(event), null); });
  document.addEventListener("htmx:beforeRequest", (event) => { if (kept(event)) unsaved.set(kept(event), written(kept(event))); });
  document.addEventListener("htmx:beforeSwap", (event) => {
    // A page to sign in, in place of the state of what was saved.
    if (kept(event) && event.detail.xhr.responseText.includes("<html")) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = kept(event);
    if (!form) return;
    const isAnswered = Boolean(event.detail.successful) && !event.detail.xhr.responseText.includes("<html");
    form.querySelector("[data-failed]").hidden = isAnswered;
    clearTimeout(retries.get(form)); // one at a time, however often the typing was sent meanwhile
    if (!isAnswered) retries.set(form, setTimeout(() => tryAgain(form), PAUSE));
    else if (!stopped(form) && unsaved.get(form) === written(form)) unsaved.delete(form);
  });
  document.addEventListener("submit", (event) => {
    if (kept(event) && event.submitter?.hasAttribute("formaction")) {
      unsaved.delete(kept(event));
      event.stopImmediatePropagation(); // the words go along to another page
      return;
    }
    if (kept(event) || !unsaved.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const again = () => {
      const held = [...unsaved.keys()].map(stopped).find(Boolean);
      if (unsaved.size && !held) return;
      document.removeEventListener("htmx:afterRequest", again);
      if (held) held.scrollIntoView({ block: "center" });
      else event.target.requestSubmit(event.submitter ?? undefined);
    };
    document.addEventListener("htmx:afterRequest", again);
    for (const form of unsaved.keys()) form.requestSubmit();
  }, true);
  window.addEventListener("beforeunload", (event) => { if ([...unsaved.keys()].some(stopped)) event.preventDefault(); });
  window.addEventListener("pagehide", () => { for (const form of unsaved.keys()) navigator.sendBeacon(form.action, new FormData(form)); });
}

/** After signing in again in another tab the form needs the token of the new session. */
async function tryAgain(form) {
  try {
    const page = await fetch(location.href);
    const there = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = there.querySelector("[name='csrfmiddlewaretoken']");
    if (token) form.elements.csrfmiddlewaretoken.value = token.value;
  } catch { /* offline: the form is sent all the same, and says so again */ }
  if (form.isConnected) form.requestSubmit();
}

/** A button that prints the page; without this file it is not shown. */
/** A second press of the same button sends nothing: its answer would meet what the first has saved. */
function sendOnce() {
  const sent = new WeakMap();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (event.timeStamp - (sent.get(form) ?? -Infinity) < 1500) event.preventDefault();
    else sent.set(form, event.timeStamp);
  });
}

function printPages() {
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

askBeforeSending();
sendOnce();
printPages();
openDialogs();
closeMenus();
tendLists();
tendFoldedChoices();
guardForms();
keepWriting();
