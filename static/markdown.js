/* Buttons above a text that is typed in signs, and paste from a word processor. Comforts only: the signs can be typed.
   A textarea marked data-markdown is served; its buttons stand in the element data-toolbar="its id"
   (templates/reports/_toolbar.html), which is hidden until this file puts it above the text. Needs from_html.js for pasting. */
(function () {
  "use strict";

  /* Through the browser's own editing where it can, so that undo works; both tell the page of input. */
  function put(area, from, to, text, select) {
    area.focus();
    area.setSelectionRange(from, to);
    var done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!done && from !== to + text.length) {
      area.setRangeText(text, from, to, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (select) area.setSelectionRange(from + select[0], from + select[1]);
  }

  function chosen(area) { return area.value.slice(area.selectionStart, area.selectionEnd); }

  /* Of the stars on both sides two are bold and one is italic. */
  function isIn(before, after, long) {
    var stars = Math.min(/\**$/.exec(before)[0].length, /^\**/.exec(after)[0].length);
    return long === 2 ? stars >= 2 : stars % 2 === 1;
  }

  function around(sign, words) {
    return function (area) {
      var from = area.selectionStart, to = area.selectionEnd, text = chosen(area), long = sign.length;
      if (isIn(area.value.slice(0, from), area.value.slice(to), long)) return put(area, from - long, to + long, text, [0, text.length]);
      if (text.length > 2 * long && isIn(/^\**/.exec(text)[0], /\**$/.exec(text)[0], long)) {
        return put(area, from, to, text.slice(long, -long), [0, text.length - 2 * long]);
      }
      var said = text.trim() || words, before = /^\s*/.exec(text.trim() ? text : "")[0], after = /\s*$/.exec(text.trim() ? text : "")[0];
      put(area, from, to, before + sign + said + sign + after, [before.length + long, before.length + long + said.length]);
    };
  }

  /* The whole lines that the selection touches. */
  function lines(area) {
    var from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    var end = area.value.indexOf("\n", area.selectionEnd);
    return [from, end < 0 ? area.value.length : end];
  }

  function each(pattern, sign) {
    return function (area) {
      var at = lines(area), rows = area.value.slice(at[0], at[1]).split("\n");
      var off = rows.every(function (row) { return !row.trim() || pattern.test(row); }) && rows.some(function (row) { return row.trim(); });
      var number = 0;
      var text = rows.map(function (row) {
        if (!row.trim() && rows.length > 1) return row;
        number += 1;
        var bare = row.replace(/^(\s*)([-*+] |\d+[.)] |#{1,6} )/, "$1");
        return off ? row.replace(pattern, "$1") : bare.replace(/^\s*/, "$&" + sign(number));
      }).join("\n");
      put(area, at[0], at[1], text, [rows.length > 1 ? 0 : text.length, text.length]);
    };
  }

  /* Between empty lines of its own. */
  function apart(area, text, select) {
    var before = area.value.slice(0, area.selectionEnd), after = area.value.slice(area.selectionEnd);
    var lead = !before || /\n\n$/.test(before) ? "" : /\n$/.test(before) ? "\n" : "\n\n";
    var tail = /^\n\n/.test(after) ? "" : /^\n/.test(after) ? "\n" : "\n\n";
    var start = lead.length + (select ? select[0] : text.length + tail.length);
    put(area, area.selectionEnd, area.selectionEnd, lead + text + tail, [start, lead.length + (select ? select[1] : text.length + tail.length)]);
  }

  function notesIn(area) {
    return (area.value.match(/\[\^[^\]\s]+\]/g) || []).map(function (sign) { return sign.slice(2, -1); });
  }

  function link(area) {
    var words = chosen(area) || "words", from = words.length + 3;
    put(area, area.selectionStart, area.selectionEnd, "[" + words + "](https://)", [from, from + 8]);
  }

  function note(area) {
    var number = 1, taken = notesIn(area);
    while (taken.indexOf(String(number)) >= 0) number += 1;
    var sign = "[^" + number + "]", words = "What it says.";
    put(area, area.selectionEnd, area.selectionEnd, sign);
    var end = area.value.length, lead = /\n\n$/.test(area.value) ? "" : /(^|\n)\[\^[^\n]*$/.test(area.value) ? "\n" : "\n\n";
    var start = lead.length + sign.length + 2;
    put(area, end, end, lead + sign + ": " + words, [start, start + words.length]);
  }

  function name(area) {
    var at = lines(area), words = "name-of-this-place";
    var end = at[0] + area.value.slice(at[0], at[1]).replace(/\s+$/, "").length;
    put(area, end, at[1], " {#" + words + "}", [3, 3 + words.length]);
  }

  var DEEDS = {
    bold: around("**", "important"),
    italic: around("*", "title"),
    list: each(/^(\s*)[-*+] /, function () { return "- "; }),
    numbers: each(/^(\s*)\d+[.)] /, function (number) { return number + ". "; }),
    heading: each(/^(\s*)#{1,6} /, function () { return "## "; }),
    link: link,
    table: function (area) { apart(area, "| Heading | Heading |\n|---|---|\n| Words | Words |", [2, 9]); },
    note: note,
    name: name
  };
  var KEYS = { b: "bold", i: "italic", k: "link" };

  /* One stop for the Tab key; the arrow keys go from button to button. */
  function rove(bar) {
    var buttons = Array.prototype.slice.call(bar.querySelectorAll("button"));
    buttons.forEach(function (button, place) { button.tabIndex = place ? -1 : 0; });
    bar.addEventListener("keydown", function (event) {
      var here = buttons.indexOf(document.activeElement), last = buttons.length - 1;
      var to = { ArrowRight: here === last ? 0 : here + 1, ArrowLeft: here ? here - 1 : last, Home: 0, End: last }[event.key];
      if (here < 0 || to === undefined) return;
      event.preventDefault();
      buttons[here].tabIndex = -1;
      buttons[to].tabIndex = 0;
      buttons[to].focus();
    });
  }

  function serve(area) {
    area.addEventListener("keydown", function (event) {
      var deed = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && KEYS[event.key.toLowerCase()];
      if (!deed) return;
      event.preventDefault();
      DEEDS[deed](area);
    });
    area.addEventListener("paste", function (event) {
      var html = event.clipboardData && event.clipboardData.getData("text/html"), text = "";
      if (html && window.markdownFrom) text = window.markdownFrom(html, notesIn(area));
      else if (event.clipboardData && window.markdownFromText) text = window.markdownFromText(event.clipboardData.getData("text/plain"));
      if (!text) return;
      event.preventDefault();
      put(area, area.selectionStart, area.selectionEnd, text);
    });
    var bar = document.querySelector("[data-toolbar='" + area.id + "']");
    if (!bar) return;
    area.parentNode.insertBefore(bar, area);
    bar.hidden = false;
    rove(bar.querySelector("[role=toolbar]"));
    bar.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.mark) DEEDS[button.dataset.mark](area);
      var list = button.dataset.from && document.getElementById(button.dataset.from);
      if (!list || !list.value) return;
      if (button.dataset.puts === "block") apart(area, "[[" + list.value + "]]");
      else put(area, area.selectionStart, area.selectionEnd, "{@" + list.value + "}");
    });
  }

  document.querySelectorAll("textarea[data-markdown]").forEach(serve);
})();
