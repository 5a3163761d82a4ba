/* Shows beside a form marked data-shows-style what a report would look like, when the typing pauses. Without it a button does. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-shows-style]");
  var paper = document.querySelector("[data-style-preview]");
  if (!form || !paper || !window.fetch) return;
  var waiting, going;

  function show() {
    var data = new FormData(form);
    data.set("show", "alone");
    data.delete("typed_by");
    if (going) going.abort();
    going = new AbortController();
    fetch(window.location.pathname, { method: "POST", body: data, credentials: "same-origin", signal: going.signal })
      .then(function (response) {
        if (!response.ok || response.redirected) throw new Error("nothing to show");
        return response.text();
      })
      .then(function (html) {
        paper.innerHTML = html;
        paper.classList.remove("is-behind");
        colour();
      })
      .catch(function (error) {
        if (error.name !== "AbortError") paper.classList.add("is-behind");
      });
  }

  /* The page's own rule names the colour that was saved */
  function colour() {
    var field = form.elements.colour;
    if (!field) return;
    var typed = "#" + field.value.trim().replace(/^#/, "");
    if (/^#[0-9a-f]{6}$/i.test(typed)) paper.style.setProperty("--paper-colour", typed);
    else paper.style.removeProperty("--paper-colour");
  }

  /* A section that is changed is in sight */
  function find() {
    var at = paper.dataset.at && paper.querySelector("[id$='-" + paper.dataset.at + "']");
    if (at) paper.scrollTop = at.offsetTop - 20;
  }

  find();
  form.addEventListener("input", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(show, 500);
  });
})();
