"use strict";
// Plays the recording from a word, a turn or a quote, and shows which word is heard. Without this the player still plays.
(() => {
  const box = document.getElementById("recording");
  const audio = box.querySelector("audio");
  const state = box.querySelector(".state");
  const pick = box.querySelector(".pick");
  const follow = box.querySelector(".follow");
  const pane = document.getElementById("transcript");
  const steady = matchMedia("(prefers-reduced-motion: reduce)");
  let until = null; // where a quote ends; null: play on
  let moving = false; // a jump that we made ourselves
  let pressed = null; // the button whose words are playing
  let away = false; // the reader scrolled off by hand: the page stays where they are

  const times = (text) => text.split(" ").map(Number);
  const words = [...pane.querySelectorAll("[data-t]")]
    .map((el) => {
      const [from, to] = times(el.dataset.t);
      return { el, from, to: to ?? from + 1 };
    })
    .sort((a, b) => a.from - b.from);

  const release = () => {
    if (pressed) pressed.setAttribute("aria-pressed", "false");
    pressed = null;
  };
  const play = (from, to, button) => {
    release();
    until = to ?? null;
    away = false;
    moving = true;
    audio.currentTime = from;
    if (button) {
      pressed = button;
      button.setAttribute("aria-pressed", "true");
    }
    audio.play().catch(() => {}); // what is wrong is told by the error event, below
  };

  // --- which word is heard ---
  let lit = [];
  let frame = 0;
  const heardAt = (t) => {
    let low = 0, high = words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[middle].from <= t) low = middle + 1;
      else high = middle;
    }
    const found = [];
    // Where people speak at once a word may have begun some words ago and still be heard.
    for (let i = low - 1; i >= 0 && i >= low - 40; i--) if (words[i].to > t) found.push(words[i].el);
    return found;
  };
  const show = () => {
    const now = heardAt(audio.currentTime);
    if (now.length === lit.length && now.every((el, i) => el === lit[i])) return;
    for (const el of lit) el.classList.remove("now");
    for (const el of now) el.classList.add("now");
    lit = now;
    // A quote is listened to beside its finding: there the page stays.
    if (now.length && !audio.paused && until === null && !away && follow.firstElementChild.checked) bring(now[0]);
  };
  const bring = (el) => {
    const word = el.getBoundingClientRect();
    const room = pane.getBoundingClientRect();
    const top = Math.max(room.top, 0) + 8;
    const bottom = Math.min(room.bottom, box.parentElement.getBoundingClientRect().top) - 8;
    if (word.top >= top && word.bottom <= bottom) return;
    el.scrollIntoView({ block: "center", behavior: steady.matches ? "instant" : "smooth" });
  };
  const tick = () => {
    if (until !== null && audio.currentTime >= until) audio.pause();
    show();
  };
  const run = () => {
    tick();
    if (!audio.paused) frame = requestAnimationFrame(run);
  };
  audio.addEventListener("playing", () => {
    cancelAnimationFrame(frame);
    run();
  });
  audio.addEventListener("timeupdate", tick); // also where the page is in the background
  audio.addEventListener("seeking", () => {
    if (!moving) {
      until = null; // moved by hand: play on from there
      release();
    }
  });
  audio.addEventListener("seeked", () => {
    moving = false;
    show();
  });
  audio.addEventListener("pause", () => {
    if (!audio.paused) return;
    until = null;
    release();
  });
  for (const kind of ["wheel", "touchmove"]) {
    addEventListener(kind, () => { away = !audio.paused; }, { passive: true });
  }
  audio.addEventListener("play", () => { away = false; });

  // --- buttons beside turns and quotes ---
  const button = (label, text, start) => {
    const b = document.createElement("button");
    b.type = "button";
    b.className = "listen";
    b.setAttribute("aria-label", label);
    b.setAttribute("aria-pressed", "false");
    b.textContent = text;
    b.addEventListener("click", () => (pressed === b && !audio.paused ? audio.pause() : start(b)));
    return b;
  };
  for (const li of pane.querySelectorAll(".turns > li[data-s]")) {
    const at = li.querySelector(".at");
    const name = li.querySelector("b").textContent;
    at.before(button(`Listen from ${at.textContent}, ${name}`, "", (b) => play(Number(li.dataset.s), null, b)), " ");
  }
  for (const li of document.querySelectorAll("li[data-l]")) {
    const [from, to] = times(li.dataset.l);
    const at = li.querySelector(".at");
    const name = li.querySelector("b")?.textContent;
    const label = `Listen to ${at.textContent}${name ? `, ${name}` : ""}`;
    at.after(" ", button(label, "listen", (b) => play(from, to, b)));
  }
  pane.addEventListener("click", (event) => {
    const word = event.target.closest("[data-t]");
    if (!word || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!getSelection().isCollapsed) return; // words are being selected, to copy them
    play(times(word.dataset.t)[0], null, null);
  });

  // --- a recording that is not there, or that nothing can jump about in ---
  let chosen = null;
  const ask = (said) => {
    state.textContent = said;
    pick.hidden = false;
  };
  const trouble = () => {
    release();
    box.classList.add("silent");
    ask(chosen ? `“${chosen}” cannot be played in this browser. The same as MP3 or WAV would do.` : state.dataset.moved);
  };
  const opened = () => {
    box.classList.remove("silent");
    const last = words.length ? words[words.length - 1].from : 0;
    const end = audio.seekable.length ? audio.seekable.end(audio.seekable.length - 1) : 0;
    if (!chosen && !end) ask("From here it plays only from its beginning. To hear a word, you can choose the file.");
    else if (audio.duration + 1 < last) ask("This recording ends before these words do. Is it the right one?");
    else {
      state.textContent = "";
      pick.hidden = true;
    }
  };
  audio.addEventListener("error", trouble);
  audio.addEventListener("loadedmetadata", opened);
  pick.querySelector("input").addEventListener("change", (event) => {
    const file = event.target.files[0];
    if (!file) return;
    if (chosen) URL.revokeObjectURL(audio.src);
    chosen = file.name;
    state.textContent = `Opening “${chosen}” …`;
    audio.src = URL.createObjectURL(file);
  });
  if (audio.error) trouble();
  else if (audio.readyState) opened();

  follow.hidden = !words.length;
  const hint = pane.querySelector(".hint");
  if (hint && words.length) hint.textContent = `Click a word to hear it. ${hint.textContent.replace("mark", "label")}`;
})();
