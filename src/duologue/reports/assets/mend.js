"use strict";
// Collects who said what instead, as lines for `duologue review … --disputes`. Nothing leaves the page but by hand.
(() => {
  const box = document.getElementById("mend");
  const count = box.querySelector(".count");
  const collected = box.querySelector(".collected");
  const steps = collected.querySelector("details");
  const who = JSON.parse(box.dataset.who); // [id, name], as turns count them
  const before = JSON.parse(box.dataset.before); // lines that this review follows already: they stay
  const said = new Map(); // turn, from 1 → line
  let saved = true;

  const make = (name, props, ...inside) => {
    const el = Object.assign(document.createElement(name), props);
    el.append(...inside);
    return el;
  };
  const button = (text, does, label) => {
    const b = make("button", { type: "button", onclick: does }, ...[text].flat());
    if (label) b.setAttribute("aria-label", label);
    return b;
  };
  const named = (i) => make("bdi", {}, who[i][1]);
  const now = () => {
    const d = new Date();
    return new Date(d - d.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  };
  const file = () => [...before, ...said.values()].map((line) => JSON.stringify(line) + "\n").join("");

  // --- the box at the foot ---
  const lines = make("pre", { tabIndex: 0 });
  const save = button("Save corrections.jsonl", () => {
    const url = URL.createObjectURL(new Blob([file()], { type: "application/jsonl" }));
    make("a", { href: url, download: "corrections.jsonl" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    saved = true;
    steps.open = true;
  });
  save.className = "main";
  const copied = async (from, b) => {
    const label = b.textContent;
    try {
      await navigator.clipboard.writeText(from.textContent);
      b.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(from); // where a browser keeps the clipboard closed: selected, to copy by hand
      b.textContent = "Selected";
    }
    setTimeout(() => { b.textContent = label; }, 2000);
  };
  for (const code of document.querySelectorAll("code.run")) {
    const b = button("Copy the command", () => copied(code, b));
    code.after(" ", b);
  }
  const copy = button("Copy the lines", () => {
    steps.open = true;
    copied(lines, copy);
    saved = true;
  });
  collected.prepend(save);
  steps.append(make("p", {}, "The lines of the file: ", copy), lines);
  const tell = () => {
    const n = said.size;
    const kept = before.length ? ` The file also holds the ${before.length} from before.` : "";
    count.textContent = n ? `${n} correction${n > 1 ? "s" : ""} collected.${kept}` : "";
    lines.textContent = file();
    collected.hidden = !n;
    box.parentElement.classList.toggle("some", n > 0);
  };
  const collect = (turn, line) => {
    if (line) said.set(turn, line);
    else said.delete(turn);
    saved = !said.size;
    tell();
  };

  // --- beside each turn ---
  const control = (li) => {
    const turn = Number(li.id.slice(1));
    const mine = Number(li.dataset.w);
    const others = who.map((_, i) => i).filter((i) => i !== mine);
    const at = li.querySelector(".at").textContent;
    const place = make("span", { className: "whose" });
    const rest = (focus) => {
      const ask = button(["not ", named(mine), "?"], () => (others.length === 1 ? choose(others[0]) : list()));
      place.replaceChildren(ask);
      ask.setAttribute("aria-label", `not ${who[mine][1]}? (${at})`);
      if (others.length > 1) ask.setAttribute("aria-expanded", "false");
      place.classList.remove("open");
      if (focus) ask.focus();
    };
    const list = () => {
      const pick = others.map((i) => button([named(i)], () => choose(i)));
      place.replaceChildren("Whose words are these? ", ...pick.flatMap((b) => [b, " "]), button("leave it", () => rest(true)));
      place.classList.add("open");
      pick[0].focus();
    };
    const choose = (i) => {
      const back = button("undo", () => {
        collect(turn, null);
        rest(true);
      }, `undo (${at})`);
      place.replaceChildren("you say: ", named(i), " ", back);
      place.classList.add("open");
      collect(turn, { verdict: "other_speaker", turn, speaker: who[i][0], by: "", at: now(), note: "" });
      back.focus();
    };
    place.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || said.has(turn) || !place.classList.contains("open")) return;
      event.stopPropagation();
      rest(true);
    });
    rest(false);
    li.querySelector(".who").append(" ", place);
  };
  for (const li of document.querySelectorAll(".turns > li[data-w]")) control(li);
  const hint = document.querySelector("#transcript .hint");
  if (hint) hint.textContent += " Where a name is wrong: “not …?” beside it.";
  addEventListener("beforeunload", (event) => {
    if (!saved) event.preventDefault(); // what was collected would be lost
  });
})();
