"use strict";
// Selecting in the page of a plan: a step shows the lines that asked for it, a line its steps.
//
// What the page gives: a step of the graph is `#step-N` with `data-calls`, words `FILE:FIRST-LAST:ROLE`, where the role is `c` for
// the call that asked for it and `w` for a call on the way there; a line of the source is `#line-FILE-NUMBER`, and `.active` if
// a step comes from it; what is to be said of a step is `#detail-N`; an edge has `data-from` and `data-to`.
(() => {
  const graph = document.getElementById("graph");
  const source = document.getElementById("source");
  const panel = document.getElementById("panel");
  const picture = graph.querySelector("svg");
  const steps = [...graph.querySelectorAll(".step")];
  const lines = [...source.querySelectorAll(".line.active")];
  const edges = [...graph.querySelectorAll(".edge")];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  // Which lines each step comes from, and the other way round.
  const linesOf = new Map();
  const stepsOf = new Map(lines.map((line) => [line.id, []]));
  for (const step of steps) {
    const found = new Map();
    for (const call of step.dataset.calls.split(" ").filter(Boolean)) {
      const [file, range, role] = call.split(":");
      const [first, last] = range.split("-").map(Number);
      for (let line = first; line <= last; line++) {
        const id = `line-${file}-${line}`;
        if (found.get(id) !== "c") found.set(id, role);
      }
    }
    linesOf.set(step, found);
    for (const id of found.keys()) stepsOf.get(id)?.push(step);
  }

  let marked = [];
  const mark = (element, name) => {
    element.classList.add(name);
    if (name === "selected" || name === "cause") element.setAttribute("aria-pressed", "true");
    marked.push([element, name]);
  };

  const clear = () => {
    for (const [element, name] of marked) {
      element.classList.remove(name);
      if (element.hasAttribute("aria-pressed")) element.setAttribute("aria-pressed", "false");
    }
    marked = [];
    picture.classList.remove("chosen");
  };

  const show = (id) => {
    for (const article of panel.children) article.hidden = article.id !== id;
    panel.scrollTop = 0;
  };

  const reveal = (element, container) => {
    const [inner, outer] = [element.getBoundingClientRect(), container.getBoundingClientRect()];
    if (inner.top >= outer.top + 30 && inner.bottom <= outer.bottom - 30) return;
    container.scrollTo({
      top: container.scrollTop + inner.top - outer.top - (outer.height - inner.height) / 2,
      left: container.scrollLeft + Math.min(0, inner.left - outer.left - 20),
      behavior: calm ? "auto" : "smooth",
    });
  };

  const remember = (id) => {
    try {
      history.replaceState(null, "", id ? `#${id}` : location.pathname + location.search);
    } catch {
      // Some places that show pages allow no history; the selection works without.
    }
  };

  // One element of each list can be reached by the tab key; arrows move on from there.
  const focusable = (list, element) => {
    for (const other of list) if (other.tabIndex === 0) other.tabIndex = -1;
    element.tabIndex = 0;
  };

  const selectStep = (step) => {
    clear();
    const number = step.dataset.step;
    picture.classList.add("chosen");
    mark(step, "selected");
    for (const edge of edges) {
      if (edge.dataset.from !== number && edge.dataset.to !== number) continue;
      mark(edge, "near");
      const other = edge.dataset.from === number ? edge.dataset.to : edge.dataset.from;
      mark(document.getElementById(`step-${other}`), "near");
    }
    let first = null;
    for (const [id, role] of linesOf.get(step)) {
      const line = document.getElementById(id);
      if (!line) continue;
      mark(line, role === "c" ? "cause" : "way");
      if (role === "c") first ??= line;
    }
    if (first) reveal(first, source);
    reveal(step, graph);
    focusable(steps, step);
    show(`detail-${number}`);
    remember(step.id);
  };

  const selectLine = (line) => {
    clear();
    picture.classList.add("chosen");
    mark(line, "cause");
    const found = stepsOf.get(line.id);
    const article = document.getElementById("line-steps");
    const heading = article.querySelector("h2");
    heading.textContent = line.querySelector("code").textContent.trim();
    const list = article.querySelector("ul");
    list.replaceChildren(
      ...found.map((step) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = `#${step.id}`;
        link.textContent = step.getAttribute("aria-label");
        item.append(link);
        return item;
      }),
    );
    for (const step of found) mark(step, "selected");
    const inside = new Set(found.map((step) => step.dataset.step));
    for (const edge of edges) {
      if (inside.has(edge.dataset.from) && inside.has(edge.dataset.to)) mark(edge, "near");
    }
    if (found.length) reveal(found[0], graph);
    focusable(lines, line);
    show("line-steps");
    remember(line.id);
  };

  const deselect = () => {
    clear();
    show("overview");
    remember("");
  };

  const select = (element) => (element.classList.contains("step") ? selectStep(element) : selectLine(element));

  const follow = () => {
    const element = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!element) return;
    if (element.classList.contains("step") || element.classList.contains("active")) {
      select(element);
      reveal(element, element.classList.contains("step") ? graph : source);
    }
  };

  for (const [container, list] of [[graph, steps], [source, lines]]) {
    container.addEventListener("click", (event) => {
      const element = event.target.closest(".step, .line.active");
      if (element) select(element);
      else if (container === graph) deselect();
    });
    container.addEventListener("keydown", (event) => {
      const index = list.indexOf(document.activeElement);
      if (index < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
      const target = {
        ArrowDown: index + 1, ArrowRight: index + 1, ArrowUp: index - 1, ArrowLeft: index - 1, Home: 0, End: list.length - 1,
      }[event.key];
      if (target !== undefined) {
        const element = list[Math.max(0, Math.min(list.length - 1, target))];
        focusable(list, element);
        element.focus({ preventScroll: true });
        reveal(element, container);
      } else if (event.key === "Enter" || event.key === " ") {
        select(document.activeElement);
      } else {
        return;
      }
      event.preventDefault();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") deselect();
  });
  window.addEventListener("hashchange", follow);
  if (lines.length) lines[0].tabIndex = 0;
  follow();
})();
