// The search page: box, filters, results, history, keyboard. What is found comes from search.js; headline, date and the
// place of the match come from the article's own page, so that the index need not hold the text a second time.
(function () {
  "use strict";
  var seek = document.querySelector(".seek");
  if (!seek || !window.roznama || !roznama.Engine) return;
  var form = seek.querySelector(".ask"), box = form.elements.q, list = seek.querySelector(".found"), tally = seek.querySelector(".tally");
  var pager = seek.querySelector(".pager"), say = seek.dataset, base = say.root, disk = location.protocol === "file:";
  var SIZE = 10, AROUND = 26, FIELDS = Array.from(form.elements).filter(function (field) { return field.name && field.name !== "q"; });
  var engine, shown = 0, texts = {}, words, typed, asked = true;
  var figures = Array.from(say.digits).filter(function (c) { return /\p{Nd}/u.test(c); });
  var comma = Array.from(say.digits).find(function (c) { return !/\p{Nd}/u.test(c); }) || "";
  var plural = new Intl.PluralRules(document.documentElement.lang), results = JSON.parse(say.results);

  function number(n) {
    return n.toLocaleString("en").replace(/,/g, comma).replace(/\d/g, function (d) { return figures[(+d + 9) % 10]; });
  }
  function make(tag, text, attributes) {
    var element = document.createElement(tag);
    if (text) element.textContent = text;
    Object.keys(attributes || {}).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    return element;
  }
  // A string of the interface with its placeholder as an element of its own, whatever direction that has.
  function filled(text, mark, element) {
    var parts = text.split(mark), span = make("span", parts[0]);
    span.append(element, parts[1] || "");
    return span;
  }
  function href(url) { return base + url.slice(1).split("/").map(encodeURIComponent).join("/"); }
  function script(name) {
    return new Promise(function (done, failed) {
      var element = make("script", "", { src: base + "search/" + name + ".js?" + say.edition });
      element.onload = done;
      element.onerror = function () { failed(new Error(name)); };
      document.head.append(element);
    });
  }

  // ── state: the address tells everything ──────────────────────────────────────────────────────────────────────────
  function read() {
    var query = new URLSearchParams(location.search), state = { page: Math.max(1, +query.get("page") || 1), similar: query.get("similar") ? "1" : "" };
    state.q = query.get("q") || "";
    FIELDS.forEach(function (field) { state[field.name] = query.get(field.name) || ""; });
    return state;
  }
  function show(state) {
    box.value = state.q;
    FIELDS.forEach(function (field) { field.value = state[field.name] || ""; });
    var sieve = form.querySelector(".sieve");
    if (FIELDS.some(function (field) { return field.value && field.name !== "sort"; })) sieve.open = true;
  }
  function current(page, similar) {
    var state = { q: box.value, page: page || 1, similar: similar || "" };
    FIELDS.forEach(function (field) { state[field.name] = field.value.trim(); });
    return state;
  }
  function address(state) {
    var query = new URLSearchParams();
    Object.keys(state).forEach(function (name) { if (state[name] && !(name === "page" && state.page === 1)) query.set(name, state[name]); });
    var text = query.toString();
    return location.pathname + (text ? "?" + text : "");
  }
  // A question that was asked is a step of the history; one that is being typed replaces itself.
  function go(state) {
    if (address(state) !== location.pathname + location.search) history.pushState(null, "", address(state));
    asked = true;
    run(state);
  }
  function typing() {
    var state = current();
    history[asked && read().q ? "pushState" : "replaceState"](null, "", address(state));
    asked = false;
    run(state, true);
  }

  // ── results ──────────────────────────────────────────────────────────────────────────────────────────────────────
  function run(state, typing) {
    var turn = ++shown, options = { typing: typing, from: +ascii(state.from) || 0, to: +ascii(state.to) || 0, language: state.lang, sort: state.sort, similar: state.similar };
    options.enough = state.page * SIZE + 1;
    options.filters = ["topic", "person", "place", "source"].filter(function (kind) { return state[kind]; }).map(function (kind) { return [kind, state[kind]]; });
    if (!engine) engine = new roznama.Engine(script);
    seek.setAttribute("aria-busy", "true");
    return engine.ready.then(function (ready) {
      words = ready.words;
      return engine.search(state.q, options);
    }).then(function (result) {
      if (turn !== shown) return;
      draw(result, state);
      seek.removeAttribute("aria-busy");
    }, function (error) {
      if (turn !== shown) return;
      engine = null;
      tally.textContent = "⚠ " + error.message;
      seek.removeAttribute("aria-busy");
    });
  }
  function ascii(text) {
    return String(text || "").replace(/\p{Nd}/gu, function (d) { return words ? words.form(d) : d; });
  }
  function draw(result, state) {
    var count = result.numbers.length, pages = Math.ceil(count / SIZE), page = Math.min(state.page, pages || 1), plus = result.more ? "+" : "";
    var any = state.q.trim() || FIELDS.some(function (field) { return field.value && field.name !== "sort"; });
    list.textContent = tally.textContent = "";
    document.title = (state.q.trim() ? state.q.trim() + " · " : "") + document.title.split(" · ").slice(-2).join(" · ");
    pager.hidden = true;
    if (!any) return;
    if (!count) {
      tally.append(say.none);
      if (result.mean) {
        var better = make("a", "", { href: address(Object.assign({}, state, { q: result.mean, page: 1 })) });
        better.append(make("bdi", result.mean));
        better.addEventListener("click", function (event) { event.preventDefault(); box.value = result.mean; go(current()); });
        tally.append(" · ", filled(say.mean, "\u241f", better));
      }
      return;
    }
    tally.append(filled(results[plural.select(count)] || results.other, "{count}", make("bdi", number(count) + plus)));
    if (!result.near && !state.similar && result.parts.length) {
      var more = make("a", say.similar, { href: address(Object.assign({}, state, { similar: "1" })) });
      more.addEventListener("click", function (event) { event.preventDefault(); go(current(1, "1")); });
      tally.append(" · ", more);
    }
    var marks = engine.marks(result), first = (page - 1) * SIZE, waiting = new Map();
    var sight = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        sight.unobserve(entry.target);
        fill(entry.target, waiting.get(entry.target), marks);
      });
    }, { rootMargin: "100px" });
    result.numbers.slice(first, first + SIZE).forEach(function (one, n) {
      var item = make("li", "", { class: "tease", "aria-setsize": plus ? -1 : count, "aria-posinset": first + n + 1 });
      item.append(make("p", "\u00a0", { class: "wait" }));
      if (first + n >= count - result.near) item.classList.add("near");
      list.append(item);
      waiting.set(item, one);
      sight.observe(item);
    });
    list.start = first + 1;
    turnPages(page, pages, plus, state);
  }
  function turnPages(page, pages, plus, state) {
    if (pages < 2) return;
    pager.hidden = false;
    pager.textContent = "";
    var turn = function (to, label, rel) {
      var link = make("a", label, { href: address(Object.assign({}, state, { page: to })), rel: rel, class: rel === "next" ? "older" : "newer" });
      link.addEventListener("click", function (event) {
        event.preventDefault();
        go(Object.assign({}, state, { page: to }));
        box.scrollIntoView();
        tally.setAttribute("tabindex", "-1");
        tally.focus({ preventScroll: true });
      });
      pager.append(link);
    };
    if (page > 1) turn(page - 1, say.previous, "prev");
    var parts = say.page.split(/\u241f|\u241e/), order = say.page.indexOf("\u241f") < say.page.indexOf("\u241e") ? [number(page), number(pages) + plus] : [number(pages) + plus, number(page)];
    var now = make("span", parts[0], { class: "now" });
    now.append(make("bdi", order[0]), parts[1], make("bdi", order[1]), parts[2] || "");
    pager.append(now);
    if (page < pages) turn(page + 1, say.next, "next");
  }

  // The page of an article as a document that runs nothing. From a disk, a frame reads it and sends it here.
  function text(url) {
    return texts[url] || (texts[url] = (disk ? framed(url) : fetch(href(url)).then(function (answer) {
      if (!answer.ok) throw new Error(url);
      return answer.text();
    })).then(function (html) { return new DOMParser().parseFromString(html, "text/html"); }));
  }
  function framed(url) {
    return new Promise(function (done, failed) {
      var frame = make("iframe", "", { src: href(url) + "#roznama-text", hidden: "", tabindex: "-1" });
      var end = function (work, value) { removeEventListener("message", hear); clearTimeout(late); frame.remove(); work(value); };
      var hear = function (event) { if (event.source === frame.contentWindow && typeof event.data === "string") end(done, event.data); };
      var late = setTimeout(function () { end(failed, new Error(url)); }, 8000);
      addEventListener("message", hear);
      document.body.append(frame);
    });
  }
  function fill(item, number, marks) {
    var where = engine.block(number);
    return engine.url(number).then(function (url) {
      return text(url).then(function (page) { draws(item, url, where, page, marks); }, function () {
        item.textContent = "";
        var link = make("a", decodeURIComponent(url), { href: href(url), dir: "ltr" });
        item.append(link);
      });
    });
  }
  function draws(item, url, where, page, marks) {
    var story = page.querySelector(".story") || page.body, head = story.querySelector("h1"), time = story.querySelector("time");
    var body = make("div", "", { lang: where.language }), title = make("h2"), link = make("a", "", { href: href(url) }), line = make("p");
    item.textContent = "";
    if (time) item.append(make("time", time.textContent.trim(), { datetime: time.getAttribute("datetime") }));
    var name = make("bdi", "", { dir: "auto" });
    marked(name, head ? head.textContent.trim() : url, marks);
    link.append(name);
    title.append(link);
    var context = make("bdi", "", { dir: "auto" }), piece = place(story, page, marks);
    marked(context, piece, marks);
    line.append(context);
    body.append(title, line);
    var topics = Array.from(story.querySelectorAll(".topics a")).slice(0, 4);
    if (topics.length || item.classList.contains("near")) {
      var tags = make("p", "", { class: "tags" });
      if (item.classList.contains("near")) tags.append(make("em", say.similar, { lang: document.documentElement.lang }));
      topics.forEach(function (topic) { if (tags.childNodes.length) tags.append(" · "); tags.append(make("bdi", topic.textContent)); });
      body.append(tags);
    }
    item.append(body);
  }
  // Tokens of a text: [{from, to, form}] with whole compounds first.
  function tokens(source) {
    return words.compounds(source).flatMap(function (piece) {
      var found = words.analysed(piece.text);
      return found.words.map(function (word) { return { from: piece.index + word.from, to: piece.index + word.to, form: word.form }; });
    });
  }
  function marked(element, source, marks) {
    var at = 0;
    tokens(source).filter(function (token) { return marks(token.form); }).sort(function (a, b) { return a.from - b.from || b.to - a.to; }).forEach(function (token) {
      if (token.to <= at) return;
      var from = Math.max(at, token.from);
      element.append(source.slice(at, from), make("mark", source.slice(from, token.to)));
      at = token.to;
    });
    element.append(source.slice(at));
  }
  // The words around the place that has most of what was asked for.
  function place(story, page, marks) {
    var best = { worth: 0, text: "" }, first = "";
    var parts = Array.from(story.querySelectorAll(".standfirst, figcaption, .prose p, .prose li, .prose td, .prose th, .prose h2, .prose h3, .prose h4, .prose blockquote"));
    parts = parts.concat(Array.from(page.querySelectorAll(".proof .aside li")));
    parts.concat(Array.from(story.querySelectorAll("img[alt]"))).forEach(function (part) {
      var source = (part.alt || part.textContent).replace(/\s+/g, " ").trim(), found = words.compounds(source);
      if (!first && part.localName === "p") first = source;
      var hits = found.map(function (piece) {
        return words.analysed(piece.text).words.map(function (word) { return words.strong(word.form); }).filter(function (form) { return marks(form); });
      });
      hits.forEach(function (some, n) {
        if (!some.length) return;
        var seen = new Set(), close = 0;
        for (var k = n; k < Math.min(hits.length, n + AROUND / 2); k++) {
          hits[k].forEach(function (form) { seen.add(form); });
          if (k > n && hits[k].length && hits[k - 1].length) close++;
        }
        var worth = seen.size * 4 + close;
        if (worth <= best.worth) return;
        var from = Math.max(0, n - 8), to = Math.min(found.length - 1, from + AROUND);
        var end = to === found.length - 1 ? source.length : found[to].index + found[to].text.length;
        best = { worth: worth, text: (from ? "… " : "") + source.slice(from ? found[from].index : 0, end) + (end < source.length ? " …" : "") };
      });
    });
    return best.text || first.split(" ").slice(0, AROUND).join(" ") + (first.split(" ").length > AROUND ? " …" : "");
  }

  // ── what the reader does ─────────────────────────────────────────────────────────────────────────────────────────
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(typed);
    go(current());
  });
  box.addEventListener("input", function (event) {
    if (event.isComposing) return;
    clearTimeout(typed);
    typed = setTimeout(typing, 180);
  });
  FIELDS.forEach(function (field) { field.addEventListener("change", function () { clearTimeout(typed); go(current()); }); });
  window.addEventListener("popstate", function () { var state = read(); asked = true; show(state); run(state); });
  // Arrow keys walk from the box through the results and back.
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && !/^(input|select|textarea)$/i.test(event.target.localName)) { event.preventDefault(); return box.focus(); }
    var links = Array.from(list.querySelectorAll("h2 a")), at = links.indexOf(document.activeElement);
    if (event.key === "Escape" && at >= 0) return box.focus();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (at < 0 && document.activeElement !== box) return;
    var next = event.key === "ArrowDown" ? at + 1 : at - 1;
    if (event.key === "ArrowUp" && at < 0) return;
    event.preventDefault();
    if (next < 0) box.focus(); else if (links[next]) links[next].focus();
  });
  var state = read();
  show(state);
  if (!state.q) box.focus();
  run(state);
})();
