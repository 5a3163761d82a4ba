/* `markdownFrom(html, taken)`: what a word processor puts on the clipboard, as the signs that a report's text is typed in.
   Kept: paragraphs, headings, lists within lists, tables, bold, italic, links, footnotes. All styling goes, and so do
   comments, deleted and hidden text, and the numbers of paragraphs (1.1, 2.3.1), which the report counts itself. `taken` are the
   numbers of notes that the text has already. `markdownFromText(text)`: the same of plain text that has such numbers or
   bullets, else "". Pure: reads no page. */
(function () {
  "use strict";

  var GONE = ["STYLE", "SCRIPT", "TITLE", "META", "LINK", "XML", "DEL", "IMG", "SVG", "OBJECT", "TEMPLATE", "HEAD"];
  var BLOCKS = ["P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "UL", "OL", "LI", "TABLE", "BLOCKQUOTE", "SECTION", "ARTICLE", "PRE", "DL", "DT", "DD", "HR", "HEADER", "FOOTER", "BODY"];
  var HIDDEN = /mso-list:\s*ignore|mso-hide:\s*all|display:\s*none|mso-element:\s*comment/i;

  /* 1.1 or 2.3.1 before a paragraph. Of a single one only with a tab, else “1.5 Million” would lose its number. */
  var COUNTED = /^\s*\(?\d{1,2}(?:\.\d{1,3}){1,3}[.)]?(\t|\s+)(?=[\s“"‘']*[A-Z])/;
  var NUMBERED = /^\s*\(?\d{1,2}(?:[.)]|\.\d{1,3})+\s+(?=[\s“"‘']*[A-Z])/;  // a heading: 2. as well
  var SIGN = /^\(?\d{1,2}(\.\d{1,3}){1,3}[.)]?$/;

  function styleOf(element) { return element.getAttribute("style") || ""; }

  function hasClass(element, pattern) { return pattern.test(element.getAttribute("class") || ""); }

  function isGone(element) {
    return GONE.indexOf(element.tagName.toUpperCase()) >= 0 || HIDDEN.test(styleOf(element)) ||
      hasClass(element, /\b(MsoCommentReference|msocomanchor|msocomtxt|msoDel)\b/i);
  }

  function isBlock(element) { return BLOCKS.indexOf(element.tagName) >= 0; }

  function isHeading(element) {
    return /^H[1-6]$/.test(element.tagName) || element.getAttribute("role") === "heading" || hasClass(element, /\bMso(Title|Subtitle|Heading\d?)\b/);
  }

  /* Bold and italic as the element leaves them; Google wraps all in a <b> that is not bold. */
  function dressed(element, dress) {
    var style = styleOf(element), tag = element.tagName;
    var weight = /(?:^|[;\s])font-weight:\s*(\w+)/i.exec(style), slant = /(?:^|[;\s])font-style:\s*(\w+)/i.exec(style);
    var href = tag === "A" ? element.getAttribute("href") || "" : "";
    return {
      bold: weight ? weight[1] === "bold" || Number(weight[1]) >= 600 : dress.bold || tag === "B" || tag === "STRONG",
      italic: slant ? slant[1] !== "normal" : dress.italic || tag === "I" || tag === "EM",
      href: /^(https?:|mailto:)/i.test(href) ? href.replace(/[\s<>()]/g, encodeURIComponent).replace(/\(/g, "%28").replace(/\)/g, "%29") : dress.href
    };
  }

  /* Signs that would mean something in the text. */
  function escaped(text) {
    return text.replace(/[\\*]/g, "\\$&").replace(/(^|[^\w])_|_(?![\w])/g, function (all) { return all.replace("_", "\\_"); })
      .replace(/\[(?=[\[^])/g, "\\[").replace(/\](?=\()/g, "\\]").replace(/&(?=#?\w+;)/g, "\\&");
  }

  function tidy(text) { return text.replace(/\u00ad/g, "").replace(/[ \t\r\n\f\u00a0]+/g, " "); }

  function sameDress(one, other) { return one.bold === other.bold && one.italic === other.italic && one.href === other.href; }

  /* Runs of text to one line of signs; spaces go outside bold and italic, where they would undo them. */
  function lineOf(runs, plain) {
    var joined = [];
    runs.forEach(function (run) {
      var last = joined[joined.length - 1];
      if (last && !run.sign && !last.sign && (sameDress(last.dress, run.dress) || (!run.text.trim() && !run.dress.href && !last.dress.href))) last.text += run.text;
      else joined.push({ text: run.text, dress: run.dress, sign: run.sign });
    });
    var linked = [];
    joined.map(function (run) {
      if (run.sign) return { text: run.text, href: "" };
      var parts = /^(\s*)([^]*?)(\s*)$/.exec(run.text);
      if (!parts[2]) return { text: run.text, href: run.dress.href };
      var sign = plain ? "" : (run.dress.bold ? "**" : "") + (run.dress.italic ? "*" : "");
      var words = sign + escaped(parts[2]) + sign.split("").reverse().join("");
      return { text: parts[1] + words + parts[3], href: run.dress.href };
    }).forEach(function (piece) {
      var last = linked[linked.length - 1];
      if (last && last.href === piece.href) last.text += piece.text;
      else linked.push(piece);
    });
    return linked.map(function (piece) {
      return piece.href && piece.text.trim() ? piece.text.replace(/^(\s*)([^]*?)(\s*)$/, function (all, before, words, after) {
        return before + "[" + words + "](" + piece.href + ")" + after;
      }) : piece.text;
    }).join("").replace(/ *\n */g, "\n").replace(/ *\t */g, "\t").replace(/ {2,}/g, " ").trim();
  }

  function converter(taken) {
    var blocks = [], runs = [], notes = {}, next = 1;

    function noteOf(key) {
      if (!notes[key].label) {
        while (taken.indexOf(String(next)) >= 0) next += 1;
        notes[key].label = String(next);
        next += 1;
      }
      return notes[key].label;
    }

    function flush(at) {
      var line = lineOf(runs, at.kind === "heading"), counted = at.item ? null : at.signed ? without(runs, 0, true) : countedIn(runs, at.kind === "heading");
      runs = [];
      if (!line) return;
      if (at.item && at.item.begun) blocks[blocks.length - 1].more.push(line);
      else blocks.push({ kind: at.item ? "item" : at.kind || "p", line: line, item: at.item, more: [], counted: counted });
      if (at.item) at.item.begun = true;
    }

    function walk(parent, at, dress) {
      Array.prototype.forEach.call(parent.childNodes, function (node) {
        if (node.nodeType === 3) runs.push({ text: tidy(node.data), dress: dress });
        else if (node.nodeType === 1 && !isGone(node)) element(node, at, dress);
      });
    }

    function element(node, at, dress) {
      var note = node.tagName === "A" && /#_?(ftn|edn)(\d+)$/.exec(node.getAttribute("href") || "");
      if (/mso-tab-count/i.test(styleOf(node))) runs.push({ text: "\t", dress: dress, sign: true });
      else if (node.tagName === "BR") runs.push({ text: "\n", dress: dress, sign: true });
      else if (note) {
        if (notes[note[1] + note[2]]) runs.push({ text: "[^" + noteOf(note[1] + note[2]) + "]", dress: dress, sign: true });
      } else if (node.tagName === "TABLE") {
        flush(at);
        table(node, at);
      } else if (isBlock(node)) {
        flush(at);
        block(node, at, dress);
      } else walk(node, at, dressed(node, dress));
    }

    function block(node, at, dress) {
      var inside = { kind: at.kind, item: at.item, depth: at.depth, ordered: at.ordered, start: at.start };
      var own = dressed(node, dress), office = /mso-list:\s*l\d+\s+level(\d+)/i.exec(styleOf(node));
      if (isHeading(node)) inside = { kind: "heading", depth: 0 };
      else if (node.tagName === "UL" || node.tagName === "OL") {
        inside.depth += 1;
        inside.item = null;
        inside.ordered = node.tagName === "OL";
        inside.start = Number(node.getAttribute("start")) || 1;
      } else if (node.tagName === "LI") {
        var level = Number(node.getAttribute("aria-level") || node.getAttribute("data-aria-level")) || 1;
        inside.item = { level: Math.max(level, at.depth || 1), ordered: at.ordered, start: at.start };
      } else if (office) inside = officeBlock(node, Number(office[1]), inside);
      walk(node, inside, own);
      flush(inside);
    }

    /* Word's lists are paragraphs with a level; the sign before the text says whether it is numbered, or a paragraph such as 1.1. */
    function officeBlock(node, level, inside) {
      var sign = Array.prototype.filter.call(node.querySelectorAll("span"), function (span) { return /mso-list:\s*ignore/i.test(styleOf(span)); })[0];
      var text = sign ? sign.textContent.replace(/[\s\u00a0]/g, "") : "";
      if (SIGN.test(text)) return { kind: "p", depth: 0, signed: true };
      inside.item = { level: level, ordered: /^\(?([0-9]+([.][0-9]+)*|[a-z]{1,5})[.)]+$/i.test(text), start: parseInt(text.replace("(", ""), 10) || 1 };
      return inside;
    }

    /* The first row heads the columns. A cell over several rows is said in each; over several columns, in the heading row alone. */
    function table(node, at) {
      var grid = [], rows = Array.prototype.filter.call(node.rows, function (row) { return !isGone(row); });
      rows.forEach(function (row, y) {
        grid[y] = grid[y] || [];
        var x = 0;
        Array.prototype.forEach.call(row.cells, function (cell) {
          while (grid[y][x] !== undefined) x += 1;
          var words = cellOf(cell, y === 0), wide = Math.min(cell.colSpan, 50), high = Math.min(cell.rowSpan, rows.length - y);
          for (var down = 0; down < high; down += 1) {
            grid[y + down] = grid[y + down] || [];
            for (var right = 0; right < wide; right += 1) grid[y + down][x + right] = right && y ? "" : words;
          }
          x += wide;
        });
      });
      var width = Math.max.apply(null, [0].concat(grid.map(function (row) { return row.length; })));
      if (width < 2) {
        Array.prototype.forEach.call(node.querySelectorAll("td, th"), function (cell) { block(cell, at, {}); });
        return;
      }
      var filled = grid.filter(function (row) { return row.some(Boolean); });
      if (filled.length) blocks.push({ kind: "table", rows: filled, width: width });
    }

    function cellOf(cell, plain) {
      var inner = converter(taken);
      inner.notes(notes);
      var found = inner.blocks(cell).map(function (each) {
        return each.kind === "table" ? [].concat.apply([], each.rows).filter(Boolean).join(", ") : [each.line].concat(each.more).join(" ");
      });
      var line = found.join(inner.isList() ? "; " : " ").replace(/\n/g, " ");
      return (plain ? line.replace(/^\*\*([^*]*)\*\*$/, "$1") : line).replace(/\|/g, "\\|");
    }

    return {
      notes: function (known) { notes = known; },
      blocks: function (root) {
        walk(root, { kind: "p", depth: 0 }, {});
        flush({ kind: "p" });
        return blocks;
      },
      isList: function () { return blocks.some(function (each) { return each.kind === "item"; }); },
      noteOf: noteOf
    };
  }

  /* The runs without their first characters. */
  function later(runs, length) {
    return runs.map(function (run) {
      var cut = Math.min(length, run.text.length);
      length -= cut;
      return { text: run.text.slice(cut), dress: run.dress, sign: run.sign };
    });
  }

  /* Of what begins with a number: how it reads without, and whether it is sure that the number counts the paragraph. */
  function countedIn(runs, heading) {
    var found = (heading ? NUMBERED : COUNTED).exec(runs.map(function (run) { return run.text; }).join(""));
    return found && without(runs, found[0].length, heading || /\t/.test(found[1]));
  }

  function without(runs, length, sure) {
    var rest = later(runs, length), words = rest.filter(function (run) { return run.text.trim(); });
    var bold = words.length > 0 && words.every(function (run) { return run.dress.bold; });
    bold = bold && words.map(function (run) { return run.text; }).join("").length < 150;
    return { line: lineOf(rest, bold), bold: bold, sure: sure };
  }

  /* A short line in bold with a number of its own is a subheading. */
  function withoutNumbers(blocks) {
    var counted = blocks.filter(function (each) { return each.counted; });
    counted.forEach(function (each) {
      if (!(each.counted.sure || each.counted.bold || counted.length > 1)) return;
      if (each.counted.bold) each.kind = "heading";
      each.line = each.counted.line;
    });
    return blocks;
  }

  function atLineStart(line) {
    return line.split("\n").map(function (each) {
      return each.replace(/^([-+>]|#{1,6})(?=\s|$)/, "\\$1").replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2");
    }).join("\n");
  }

  function spaces(number) { return new Array(number + 1).join(" "); }

  function rowOf(cells, width) {
    var filled = [];
    for (var at = 0; at < width; at += 1) filled.push(cells[at] || "");
    return "| " + filled.join(" | ") + " |";
  }

  function written(blocks) {
    var out = "", levels = [];
    blocks.forEach(function (each, place) {
      var text, turns = false;
      if (each.kind === "item") {
        var depth = Math.min(each.item.level, levels.length + 1), here = levels[depth - 1];
        levels = levels.slice(0, depth);
        turns = Boolean(here) && here.ordered !== each.item.ordered;
        if (!here || turns) here = { ordered: each.item.ordered, number: depth === 1 && each.item.start || 1 };
        else here.number += 1;
        levels[depth - 1] = here;
        var mark = here.ordered ? here.number + ". " : "- ";
        var indent = levels.slice(0, depth - 1).reduce(function (sum, level) { return sum + level.width; }, 0);
        here.width = mark.length;
        var inner = "\n" + spaces(indent + mark.length);
        text = spaces(indent) + mark + [each.line].concat(each.more).map(atLineStart).join("\n").replace(/\n/g, inner);
      } else {
        levels = [];
        if (each.kind === "heading") text = "## " + each.line.replace(/\n/g, " ");
        else if (each.kind === "table") {
          text = [rowOf(each.rows[0], each.width), "|" + new Array(each.width + 1).join("---|")]
            .concat(each.rows.slice(1).map(function (row) { return rowOf(row, each.width); })).join("\n");
        } else text = atLineStart(each.line);
      }
      var between = !place ? "" : each.kind === "item" && blocks[place - 1].kind === "item" && !turns ? "\n" : "\n\n";
      out += between + text;
    });
    return out;
  }

  /* Word puts what footnotes say after the text, one <div id="ftn1"> each. */
  function takeNotes(body) {
    var found = {};
    Array.prototype.forEach.call(body.querySelectorAll("div[id^=ftn], div[id^=edn]"), function (div) {
      Array.prototype.forEach.call(div.querySelectorAll("a[href*='_ftnref'], a[href*='_ednref']"), function (back) { back.remove(); });
      found[div.id] = { root: div };
    });
    Array.prototype.forEach.call(body.querySelectorAll("div"), function (div) {
      if (/mso-element:\s*(foot|end)note-list/i.test(styleOf(div))) div.remove();
    });
    return found;
  }

  window.markdownFrom = function (html, taken) {
    var body = new DOMParser().parseFromString(html, "text/html").body;
    var notes = takeNotes(body), main = converter(taken || []);
    main.notes(notes);
    var text = written(withoutNumbers(main.blocks(body))).replace(/\t/g, " ");
    var said = Object.keys(notes).filter(function (key) { return notes[key].label; }).map(function (key) {
      var words = converter([]).blocks(notes[key].root).map(function (each) { return [each.line].concat(each.more || []).join(" "); });
      return "[^" + notes[key].label + "]: " + words.join(" ").replace(/\n/g, " ");
    });
    return said.length ? text + "\n\n" + said.join("\n") : text;
  };

  /* Lines of plain text: each that has a number is a paragraph, and a bullet begins an item. */
  window.markdownFromText = function (text) {
    var lines = text.replace(/\r\n?/g, "\n").split("\n"), bare = lines.map(function (line) { return line.replace(/^\s*(?:[-•·]\s+)?(?=\(?\d)/, ""); });
    var counted = bare.filter(function (line) { return COUNTED.test(line); });
    var bullet = /^(\s*)[•·▪●\uf0b7]\s+/, bullets = lines.some(function (line) { return bullet.test(line); });
    if (!bullets && !(counted.length > 1 || counted.length && /\t/.test(COUNTED.exec(counted[0])[1]))) return "";
    return lines.map(function (line, place) {
      if (!COUNTED.test(bare[place])) return line.replace(bullet, "$1- ");
      return (place && lines[place - 1].trim() ? "\n" : "") + bare[place].replace(COUNTED, "");
    }).join("\n");
  };
})();
