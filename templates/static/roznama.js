// Switches, lightbox, copying a citation, today's page. Everything else works without.
(function () {
  "use strict";
  var root = document.documentElement;

  // From a disk no page may read another: the search page opens this one in a frame, and gets its text from it.
  if (location.protocol === "file:" && location.hash === "#roznama-text" && parent !== window)
    return parent.postMessage("<main>" + document.querySelector("main").innerHTML + "</main>", "*");

  function keep(name, value) {
    if (value) root.dataset[name] = value; else delete root.dataset[name];
    try {
      if (value) localStorage.setItem(name, value); else localStorage.removeItem(name);
    } catch (refused) { /* storage is off: the choice lasts for this page */ }
  }
  function each(selector, work) { document.querySelectorAll(selector).forEach(work); }

  // Colours: as the device, light, dark, and round again.
  each(".shade", function (button) {
    var name = button.getAttribute("aria-label").split(":")[0];
    function tell() { button.setAttribute("aria-label", name + ": " + button.dataset[root.dataset.shade || "auto"]); button.title = button.getAttribute("aria-label"); }
    button.addEventListener("click", function () {
      keep("shade", { auto: "light", light: "dark", dark: "" }[root.dataset.shade || "auto"]);
      tell();
    });
    tell();
  });

  // Nastaliq or Naskh: the button names what it would change to.
  each(".face", function (button) {
    var name = button.getAttribute("aria-label").split(":")[0];
    function tell() {
      button.textContent = root.dataset.face === "naskh" ? button.dataset.nastaliq : button.dataset.naskh;
      button.setAttribute("aria-label", name + ": " + button.textContent);
    }
    button.addEventListener("click", function () { keep("face", root.dataset.face === "naskh" ? "" : "naskh"); tell(); });
    tell();
  });

  each(".copy", function (button) {
    button.addEventListener("click", function () {
      var text = document.getElementById(button.dataset.from).innerText;
      function done() { button.textContent = button.dataset.done; }
      if (navigator.clipboard) return navigator.clipboard.writeText(text).then(done);
      getSelection().selectAllChildren(document.getElementById(button.dataset.from));
      if (document.execCommand("copy")) done();
    });
  });

  // The page of today, in the reader's own calendar day.
  each("[data-today]", function (link) {
    var now = new Date(), two = function (n) { return (n < 10 ? "0" : "") + n; };
    link.href = link.href.replace(/\d\d-\d\d(?=[^\d]*$)/, two(now.getMonth() + 1) + "-" + two(now.getDate()));
  });

  // Lightbox: the links to the original pictures, opened over the page. Arrow keys follow the direction of the text.
  var box = document.querySelector(".box"), links = Array.from(document.querySelectorAll(".pic")), at = 0;
  if (!box || !box.showModal || !links.length) return;
  var picture = box.querySelector(".sight").appendChild(new Image()), words = box.querySelector("p"), back = box.querySelector(".back"), on = box.querySelector(".on");
  function show(n) {
    at = (n + links.length) % links.length;
    var link = links[at], caption = link.parentNode.querySelector(".cap"), credit = link.parentNode.querySelector(".credit");
    picture.src = link.href;
    picture.alt = link.querySelector("img").alt;
    words.replaceChildren.apply(words, [caption, credit].filter(Boolean).map(function (part) {
      var line = part.cloneNode(true);
      line.lang = part.closest("[lang]").lang;
      return line;
    }));
    back.hidden = on.hidden = links.length < 2;
  }
  links.forEach(function (link, n) {
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      show(n);
      box.showModal();
    });
  });
  back.addEventListener("click", function () { show(at - 1); });
  on.addEventListener("click", function () { show(at + 1); });
  box.querySelector(".shut").addEventListener("click", function () { box.close(); });
  box.addEventListener("click", function (event) { if (event.target === picture) box.close(); });
  box.addEventListener("close", function () { links[at].focus(); picture.removeAttribute("src"); });
  box.addEventListener("keydown", function (event) {
    var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    show(at + (root.dir === "rtl" ? -step : step));
  });
})();
