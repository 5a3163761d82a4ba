/* Comforts only: every page works without this file.
   - starts GOV.UK Frontend's components;
   - warns before leaving a form marked data-keep-draft with text that is not saved;
   - keeps what is typed in a form marked data-autosave as a draft at that address, when the typing pauses;
   - shows what is typed in a form marked data-preview as it would be printed, in the element #preview;
   - shows what belongs to a chosen radio button (data-reveals) and hides what does not: GOV.UK's own script would say
     aria-expanded of a radio button, which has no such state;
   - asks an address (data-poll, every data-poll-seconds) for {"state", "finished"} and shows the page anew when the
     state is no longer the one it was made from (data-poll-state); until then data-poll-says shows its "progress". */
(function () {
  "use strict";

  var script = document.currentScript;
  document.body.classList.add("js-enabled");
  if (!("noModule" in HTMLScriptElement.prototype)) return;
  document.body.classList.add("govuk-frontend-supported");

  function warnBeforeLeaving(form) {
    var unsaved = false;
    form.addEventListener("input", function () { unsaved = true; });
    form.addEventListener("submit", function () { unsaved = false; });
    window.addEventListener("beforeunload", function (event) {
      if (unsaved) event.preventDefault();
    });
  }

  /* Keeps what is typed, when the typing pauses, at the form's own address for its writer alone. */
  function keepDrafts(form) {
    var told = form.querySelector("[data-autosaved]");
    var waiting, going;

    function stop() {
      window.clearTimeout(waiting);
      if (going) going.abort();
    }

    function keep() {
      var data = new FormData(form);
      data.delete("typed_by");
      going = new AbortController();
      fetch(form.dataset.autosave, { method: "POST", body: data, credentials: "same-origin", signal: going.signal })
        .then(function (response) {
          if (!response.ok || response.redirected) throw new Error("not kept");
          return response.json();
        })
        .then(function (answer) {
          told.textContent = answer.kept ? "Not saved yet. Kept as a draft for you alone at " + answer.kept + "." : "";
        })
        .catch(function (error) {
          if (error.name !== "AbortError") told.textContent = "Not saved yet, and not kept as a draft: save it here.";
        });
    }

    form.addEventListener("input", function () {
      stop();
      waiting = window.setTimeout(keep, 1500);
    });
    form.addEventListener("submit", stop);
  }

  /* Shows what is in the form as it would be printed, when the typing pauses. */
  function preview(form) {
    var shown = document.getElementById("preview");
    var waiting, going;

    function show() {
      if (going) going.abort();
      going = new AbortController();
      fetch(form.dataset.preview, { method: "POST", body: new FormData(form), credentials: "same-origin", signal: going.signal })
        .then(function (response) {
          if (!response.ok || response.redirected) throw new Error("no preview");
          return response.text();
        })
        .then(function (html) { shown.innerHTML = html; })
        .catch(function () {});
    }

    form.addEventListener("input", function () {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(show, 600);
    });
  }

  function showWhatIsChosen() {
    document.querySelectorAll("input[data-reveals]").forEach(function (input) {
      var part = document.getElementById(input.dataset.reveals);
      if (part) part.classList.toggle("govuk-radios__conditional--hidden", !input.checked);
    });
  }

  function poll(element) {
    var shown = element.dataset.pollState;
    var says = document.querySelector("[data-poll-says]");
    var wait = 1000 * Number(element.dataset.pollSeconds || 2);

    function ask() {
      fetch(element.dataset.poll, { headers: { Accept: "application/json" }, credentials: "same-origin" })
        .then(function (response) {
          if (!response.ok || response.redirected) throw new Error("no answer");
          return response.json();
        })
        .then(function (answer) {
          if (shown === undefined) shown = answer.state;
          if (answer.state !== shown) window.location.reload();
          else if (!answer.finished) window.setTimeout(ask, wait);
          if (says) says.textContent = answer.progress || "";
        })
        .catch(function () {
          wait = Math.min(2 * wait, 30000);
          window.setTimeout(ask, wait);
        });
    }
    window.setTimeout(ask, wait);
  }

  document.addEventListener("DOMContentLoaded", function () {
    import(script.dataset.govuk).then(function (govuk) { govuk.initAll(); });
    showWhatIsChosen();
    document.addEventListener("change", showWhatIsChosen);
    window.addEventListener("pageshow", showWhatIsChosen);
    document.querySelectorAll("form[data-keep-draft]").forEach(warnBeforeLeaving);
    document.querySelectorAll("form[data-autosave]").forEach(keepDrafts);
    document.querySelectorAll("form[data-preview]").forEach(preview);
    document.querySelectorAll("[data-poll]").forEach(poll);
  });
})();
