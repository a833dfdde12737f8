// The page is made by the server; this keeps it live: updates, countdowns, the explanation's place.
"use strict";
const body = document.body;
const room = `/room/${body.dataset.room}`;
const stream = document.getElementById("stream");
const scroller = document.getElementById("scroll");
const why = document.getElementById("why");
const kept = 500; // items in the page; the server keeps as many
let ahead = Number(body.dataset.now) - Date.now();
let cursor = body.dataset.cursor;
let latest = body.dataset.latest;
let chosen = body.dataset.chosen === "yes" ? shownWhy() : "";

function shownWhy() {
  return why.querySelector(".why-body")?.dataset.item ?? "";
}

// Put elements in place of those with the same id; new ones go to the end of the conversation.
function place(html) {
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  for (const fresh of [...parsed.content.children]) {
    const old = document.getElementById(fresh.id);
    if (old?.tagName === "SELECT" && [...fresh.options].some((one) => one.value === old.value)) {
      const value = old.value;
      old.replaceWith(fresh);
      fresh.value = value;
    } else if (old) {
      if (old.tagName === "DETAILS") fresh.open = old.open;
      const focused = old.contains(document.activeElement) && focusPath(old);
      old.replaceWith(fresh);
      if (focused) fresh.querySelector(focused)?.focus();
    } else {
      stream.append(fresh);
    }
    htmx.process(fresh);
  }
}

// A selector of the focused button, so that an update does not take the focus away.
function focusPath(within) {
  const at = document.activeElement;
  if (!at.name) return "";
  return `[name="${CSS.escape(at.name)}"][value="${CSS.escape(at.value)}"]`;
}

function update(event) {
  const data = JSON.parse(event.data);
  cursor = event.lastEventId;
  ahead = data.now - Date.now();
  const rest = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  if (data.panels) place(data.panels);
  if (data.items) place(data.items);
  while (stream.children.length > kept) stream.firstElementChild.remove();
  if (data.items && rest < 120) toEnd();
  explain(data);
  tick();
}

// Keep the explanation true: of the chosen message, else of the latest that was decided.
function explain(data) {
  const moved = data.latest !== latest;
  latest = data.latest;
  const wanted = chosen || latest;
  const touched = wanted && data.items.includes(`id="${wanted}"`);
  if (wanted && (touched || (moved && !chosen) || shownWhy() !== wanted)) ask(wanted);
}

function ask(item) {
  htmx.ajax("GET", `${room}/why/${item}`, { target: "#why" });
}

function connect() {
  const source = new EventSource(`${room}/events?since=${encodeURIComponent(cursor)}`);
  const lost = document.getElementById("lost");
  source.onmessage = update;
  source.onopen = () => { lost.hidden = true; };
  source.onerror = () => {
    lost.hidden = false;
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
  };
}

function toEnd() {
  scroller.scrollTop = scroller.scrollHeight;
}

// Times: the clock of the room, and how long somebody waits or rests.
const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
  timeZone: body.dataset.zone, month: "short", day: "numeric", hour: "2-digit", minute: "2-digit",
  hour12: false,
});

function left(until) {
  const seconds = Math.max(0, Math.ceil((until - Date.now() - ahead) / 1000));
  if (seconds >= 172800) return body.dataset.day.replace("{n}", Math.round(seconds / 86400));
  if (seconds >= 3600) return body.dataset.hour.replace("{n}", Math.round(seconds / 3600));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function tick() {
  for (const one of document.querySelectorAll("time[data-until]")) {
    const text = left(Number(one.dataset.until));
    if (one.textContent !== text) one.textContent = text;
  }
  const now = clock.format(new Date(Date.now() + ahead));
  for (const one of document.querySelectorAll("time[data-clock]")) {
    if (one.textContent !== now) one.textContent = now;
  }
}

// On a narrow screen the explanation opens under the message, else it has a column of its own.
const narrow = matchMedia("(max-width: 759px)");
const column = why.parentElement;

function settle() {
  const item = narrow.matches && chosen && document.getElementById(chosen);
  if (!item) {
    if (why.parentElement !== column) column.append(why);
    document.getElementById("why-row")?.remove();
    why.classList.toggle("open", false);
    return;
  }
  const row = document.getElementById("why-row") ?? document.createElement("li");
  row.id = "why-row";
  row.append(why);
  item.after(row);
  why.classList.toggle("open", true);
}

narrow.addEventListener("change", settle);

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-why]");
  if (link) {
    chosen = link.dataset.why;
    mark();
  }
  if (event.target.closest("[data-close]")) {
    const back = document.querySelector(`#${CSS.escape(chosen || "none")} [data-why]`);
    chosen = "";
    mark();
    settle();
    back?.focus();
    if (latest) ask(latest);
  }
  const bubble = event.target.closest("li .bubble");
  if (bubble && !event.target.closest("button, a, form") && getSelection().isCollapsed) {
    bubble.closest("li").querySelector("[data-why]")?.click();
  }
  const paste = event.target.closest("[data-paste]");
  if (paste) {
    const text = document.querySelector("#composer textarea");
    text.value = paste.dataset.paste;
    text.focus();
  }
});

function mark() {
  document.querySelector("li.chosen")?.classList.remove("chosen");
  if (chosen) document.getElementById(chosen)?.classList.add("chosen");
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "why") {
    settle();
    tick();
    if (narrow.matches && chosen) why.scrollIntoView({ block: "nearest" });
  }
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  if (form.id !== "composer" || !event.detail.successful) return;
  const wasSaid = !event.detail.requestConfig.parameters.send;
  const text = form.querySelector("textarea");
  const refused = document.getElementById("problem").textContent.trim();
  if (wasSaid && !refused) text.value = "";
  toEnd();
});

document.addEventListener("keydown", (event) => {
  const isText = event.target.matches?.("#composer textarea");
  if (isText && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    event.target.form.requestSubmit(document.getElementById("send"));
  }
  if (event.key === "Escape" && chosen) why.querySelector("[data-close]")?.click();
});

if (matchMedia("(max-width: 1079px)").matches) document.getElementById("members").open = false;
toEnd();
tick();
settle();
setInterval(tick, 1000);
connect();
