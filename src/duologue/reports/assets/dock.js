"use strict";
// Says how high the dock at the foot is, so that nothing one jumps to ends up below it.
(() => {
  const dock = document.querySelector(".dock");
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--dock", `${dock.offsetHeight}px`);
  }).observe(dock);
})();
