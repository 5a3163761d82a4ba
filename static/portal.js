/* Comforts only: every page works without this file.
   - starts GOV.UK Frontend's components;
   - warns before leaving a form marked data-keep-draft with text that is not saved;
   - shows what belongs to a chosen radio button (data-reveals) and hides what does not: GOV.UK's own script would say
     aria-expanded of a radio button, which has no such state;
   - asks an address (data-poll, every data-poll-seconds) for {"state", "finished"} and shows the page anew when the
     state is no longer the one it was made from (data-poll-state). */
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

  function showWhatIsChosen() {
    document.querySelectorAll("input[data-reveals]").forEach(function (input) {
      var part = document.getElementById(input.dataset.reveals);
      if (part) part.classList.toggle("govuk-radios__conditional--hidden", !input.checked);
    });
  }

  function poll(element) {
    var shown = element.dataset.pollState;
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
    document.querySelectorAll("[data-poll]").forEach(poll);
  });
})();
