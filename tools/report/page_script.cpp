#include "tools/report/page_assets.h"

namespace quy::tools {

// Texts from records become text nodes only, never markup.
const std::string_view kReportScript = R"js(
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var texts = data.texts, words = data.words, rows = data.rows, trees = data.trees, categories = data.categories;
  var shown = 0, step = 200, found = [];
  function byId(id) { return document.getElementById(id); }
  function add(parent, tag, text, name) {
    var element = document.createElement(tag);
    if (text !== undefined && text !== "") element.textContent = text;
    if (name) element.className = name;
    parent.appendChild(element);
    return element;
  }
  // Without tone marks and capitals, as people search.
  function plain(text) { return text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, ""); }
  function decimal(text) { return words.mark === "," ? text.replace(/\./g, ",") : text; }
  function total(row) { return row[6] ? decimal(row[6]) : row[7] ? decimal(row[7]) : ""; }

  var filters = [[1, words.subject], [3, words.unit], [4, words.cohort], [8, words.rating]].map(function (filter) {
    var select = add(byId("filters"), "select"), seen = {};
    select.setAttribute("aria-label", filter[1]);
    add(select, "option", filter[1] + ": " + words.all).value = "";
    rows.forEach(function (row) { seen[row[filter[0]]] = true; });
    var label = function (key) { return filter[0] === 8 ? categories[key][1] : texts[key]; };
    Object.keys(seen).map(Number).sort(function (a, b) { return filter[0] === 8 ? categories[a][2] - categories[b][2] : label(a).localeCompare(label(b), words.language); })
      .forEach(function (key) { add(select, "option", label(key) || "—").value = key; });
    select.addEventListener("change", search);
    return { column: filter[0], select: select };
  });

  function matches(row, wanted) {
    if (!filters.every(function (f) { return f.select.value === "" || String(row[f.column]) === f.select.value; })) return false;
    if (!wanted) return true;
    var all = [row[0], texts[row[1]], row[2], texts[row[3]], texts[row[4]], categories[row[8]][1]].concat(row[9].map(function (r) { return texts[r[0]] + " " + texts[r[1]]; }));
    return plain(all.join(" ")).indexOf(wanted) >= 0;
  }
  function search() {
    var wanted = plain(byId("search").value.trim());
    found = [];
    rows.forEach(function (row, index) { if (matches(row, wanted)) found.push(index); });
    byId("records").textContent = "";
    shown = 0;
    more();
  }
  function more() {
    var end = Math.min(found.length, shown + step);
    for (; shown !== end; shown += 1) show_row(found[shown]);
    byId("count").textContent = found.length + " / " + rows.length + " " + words.records;
    byId("more").hidden = shown === found.length;
  }
  function show_row(index) {
    var row = rows[index], line = add(byId("records"), "tr");
    add(add(line, "td"), "button", row[0]);
    add(line, "td", texts[row[1]]);
    add(line, "td", texts[row[3]]);
    add(line, "td", texts[row[4]]);
    add(line, "td", row[2]);
    add(line, "td", total(row), "number");
    add(add(line, "td"), "span", categories[row[8]][1], "badge " + categories[row[8]][0]);
    line.addEventListener("click", function () { show(index, true); });
  }

  function lines(parent, list) {
    if (!list.length) return;
    var ul = add(parent, "ul");
    list.forEach(function (line) {
      var item = add(ul, "li", texts[line[1]], "m" + line[0]);
      clauses(item, line[2] || []);
      lines(item, line[3] || []);
    });
  }
  function clauses(parent, list) {
    if (list.length) add(parent, "span", " " + list.map(function (c) { return texts[c]; }).join(", "), "clause");
  }
  function part(parent, heading, list) {
    if (!list.length) return;
    add(parent, "h3", heading);
    lines(parent, list);
  }
  function points(parent, list) {
    if (!list.length) return;
    add(parent, "h3", words.points);
    var table = add(parent, "table", "", "points"), body = add(table, "tbody");
    list.forEach(function (p) {
      var row = add(body, "tr", "", p[1] ? "g" : ""), name = add(row, "td", texts[p[2]]);
      name.style.paddingLeft = p[0] + 0.5 + "rem";
      clauses(name, p[7]);
      if (p[6]) add(name, "p", texts[p[6]], "note");
      var notes = add(name, "div", "", "notes");
      lines(notes, p[8]);
      var value = texts[p[3]] || texts[p[5]] || "?";
      add(row, "td", decimal(value) + (p[4] ? " / " + decimal(texts[p[4]]) : ""), "number");
    });
  }
  function show(index, follow) {
    var row = rows[index], tree = trees[index], box = byId("record");
    box.textContent = "";
    document.body.classList.add("one-record");
    add(box, "h2", row[0] + " — " + categories[row[8]][1]);
    add(box, "p", [texts[row[1]], texts[row[3]], texts[row[4]], row[2]].filter(Boolean).join(" · "));
    add(box, "p", words.total + ": " + (total(row) || "—"));
    var print = add(box, "button", words.print);
    print.addEventListener("click", function () { window.print(); });
    var close = add(box, "button", words.close);
    close.addEventListener("click", function () { box.textContent = ""; document.body.classList.remove("one-record"); history.replaceState(null, "", "#records-section"); });
    if (row[10]) { add(box, "h3", words.quota); add(box, "p", texts[row[10]]); }
    if (!tree) {
      part(box, words.why, row[9].map(function (r) { return [0, r[1], r[0] ? [r[0]] : []]; }));
    } else {
      part(box, words.why, tree[0]);
      part(box, words.why_not + " " + texts[tree[2]], tree[3]);
      if (tree[4].length) part(box, words.missing, tree[4].map(function (m) { return [3, m[0], [m[1]]]; }));
      if (tree[8].length) part(box, words.would_decide, tree[8]);
      if (tree[5].length) part(box, words.possible, tree[5].map(function (p) { return [0, p[0], [], p[1]]; }));
      points(box, tree[1]);
      part(box, words.readings, tree[6]);
      part(box, words.notes, tree[7]);
    }
    if (follow) { history.replaceState(null, "", "#" + encodeURIComponent(row[0])); box.scrollIntoView(); }
  }
  // A link to one record: report.html#AB-0007
  function follow_link() {
    var wanted = decodeURIComponent(location.hash.slice(1));
    var index = rows.findIndex(function (row) { return row[0] === wanted; });
    if (index >= 0) show(index, true);
  }
  byId("search").addEventListener("input", search);
  byId("more").addEventListener("click", more);
  window.addEventListener("hashchange", follow_link);
  search();
  follow_link();
}());
)js";

}  // namespace quy::tools
