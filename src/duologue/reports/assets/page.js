"use strict";
// The page reads and links without this. It adds: focus that follows a link, Escape to go back, whole print-outs.
(() => {
  let from = null;
  const target = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    return id ? document.getElementById(id) : null;
  };
  const arrive = () => {
    const there = target();
    if (!there) return;
    for (let d = there.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    if (!there.hasAttribute("tabindex")) there.setAttribute("tabindex", "-1");
    there.focus({ preventScroll: true });
    there.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && !link.classList.contains("skip")) from = link;
  });
  window.addEventListener("hashchange", arrive);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !from) return;
    from.focus();
    from.scrollIntoView({ block: "center" });
    from = null;
  });
  const hint = document.createElement("p");
  hint.className = "hint note";
  hint.textContent = "A time or a mark leads across; Escape leads back.";
  const words = document.getElementById("h-transcript");
  if (words) words.after(hint);
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const d of closed) d.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const d of closed) d.open = false;
  });
  if (location.hash) arrive();
})();
