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

  function category(row) { return categories[row[8]]; }
  function rated(row) { return category(row)[2] < 100; }

  // What a link to a record says: its id, and more only where another record before it has the same.
  var links = [], by_link = new Map();
  rows.forEach(function (row, index) {
    var link = row[0];
    [row[2], row[5], index].forEach(function (more) { if (by_link.has(link) && more !== "") link += "@" + more; });
    by_link.set(link, index);
    links.push(link);
  });
  function address(index) { return "#" + encodeURIComponent(links[index]); }

  function by_name(a, b) { return a[0].localeCompare(b[0], words.language, { numeric: true }); }
  function by_rank(a, b) { return a[1] - b[1] || by_name(a, b); }
  // A filter's value of a row is [what is shown, where it stands]; nothing when the row has none.
  var filters = [
    { name: words.level, of: function (row) { return rated(row) ? [category(row)[1], category(row)[2]] : null; }, order: by_rank },
    { name: words.status, of: function (row) { return rated(row) ? [words.decided, 0] : [category(row)[1], category(row)[2]]; }, order: by_rank },
    { name: words.subject, of: function (row) { return [texts[row[1]]]; }, order: by_name },
    { name: words.unit, of: function (row) { return [texts[row[3]]]; }, order: by_name },
    { name: words.cohort, of: function (row) { return [texts[row[4]]]; }, order: by_name },
    { name: words.period, of: function (row) { return [row[2]]; }, order: by_name },
    { name: words.stage, of: function (row) { return [row[5]]; }, order: by_name }
  ];
  // One that tells no record from another is not shown.
  filters = filters.filter(function (filter) {
    var seen = new Map();
    rows.forEach(function (row) { var value = filter.of(row); seen.set(value && value[0], value); });
    if (!(seen.size > 1)) return false;
    filter.select = add(byId("filters"), "select");
    filter.select.setAttribute("aria-label", filter.name);
    add(filter.select, "option", filter.name + ": " + words.all).value = "*";
    Array.from(seen.values()).filter(Boolean).sort(filter.order)
      .forEach(function (value) { add(filter.select, "option", value[0] || "—").value = "=" + value[0]; });
    filter.select.addEventListener("change", search);
    return true;
  });
  function passes(row, filter) {
    var wanted = filter.select.value, value = filter.of(row);
    return wanted === "*" || (value !== null ? "=" + value[0] === wanted : false);
  }

  // Built when first searched, for building it for every row takes a while.
  var searched = [];
  function searched_text(index) {
    var row = rows[index];
    if (!searched[index])
      searched[index] = plain([row[0], texts[row[1]], row[2], texts[row[3]], texts[row[4]], category(row)[1]]
        .concat(row[9].map(function (reason) { return texts[reason[0]] + " " + texts[reason[1]]; })).join(" "));
    return searched[index];
  }
  function matches(index, wanted) {
    if (!filters.every(function (filter) { return passes(rows[index], filter); })) return false;
    return wanted.every(function (word) { return searched_text(index).indexOf(word) !== -1; });
  }
  function search() {
    var wanted = plain(byId("search").value).split(/\s+/).filter(Boolean);
    found = [];
    rows.forEach(function (_, index) { if (matches(index, wanted)) found.push(index); });
    byId("clear").hidden = found.length === rows.length;
    byId("records").textContent = "";
    shown = 0;
    more();
  }
  function clear() {
    byId("search").value = "";
    filters.forEach(function (filter) { filter.select.value = "*"; });
    search();
    byId("search").focus();
  }
  function show_rows(end) {
    for (; shown !== end; shown += 1) show_row(found[shown]);
    byId("count").textContent = found.length + " / " + rows.length + " " + words.records + (shown === found.length ? "" : ", " + words.listed + " " + shown);
    byId("more").hidden = shown === found.length;
  }
  function more() { show_rows(Math.min(found.length, shown + step)); }

  // Columns that hold nothing are left out.
  var heads = Array.from(document.querySelectorAll("table.records th"));
  [[2, function (row) { return texts[row[3]]; }], [3, function (row) { return texts[row[4]]; }], [4, function (row) { return row[2]; }],
   [5, function (row) { return row[5]; }]].forEach(function (column) { heads[column[0]].hidden = !rows.some(column[1]); });
  function show_row(index) {
    var row = rows[index], line = add(byId("records"), "tr");
    var cells = ["", texts[row[1]], texts[row[3]], texts[row[4]], row[2], row[5], total(row), ""].map(function (text, column) {
      var cell = add(line, "td", text, heads[column].className);
      cell.setAttribute("data-label", heads[column].textContent);
      cell.hidden = heads[column].hidden;
      return cell;
    });
    add(cells[0], "a", row[0]).href = address(index);
    add(cells[7], "span", category(row)[1], "badge " + category(row)[0]);
    line.addEventListener("click", function () { location.hash = address(index); });
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
  // Side by side, and what explains that one is not like the one before.
  function stages(parent, list) {
    if (!list.length) return;
    add(parent, "h3", words.stages);
    var table = add(parent, "table", "", "stages"), heads = [words.stage, words.total, words.level, words.because];
    var row = add(add(table, "thead"), "tr");
    heads.forEach(function (head) { add(row, "th", head); });
    var body = add(table, "tbody");
    list.forEach(function (stage) {
      var row = add(body, "tr");
      stage.forEach(function (text, column) {
        add(row, "td", column === 1 ? decimal(texts[text]) : texts[text], column === 1 ? "number" : "").setAttribute("data-label", heads[column]);
      });
    });
  }
  function link_button(parent, text, to) { add(parent, "a", text, "button").href = to; }
  function write_buttons(box, index) {
    var buttons = add(box, "p", "", "buttons"), place = found.indexOf(index);
    link_button(buttons, words.close, "#records-section");
    if (place > 0) link_button(buttons, words.before, address(found[place - 1]));
    if (place !== -1 ? place !== found.length - 1 : false) link_button(buttons, words.after, address(found[place + 1]));
    add(buttons, "button", words.print).addEventListener("click", function () { window.print(); });
  }
  function write_record(box, row, tree) {
    add(box, "p", [texts[row[1]], texts[row[3]], texts[row[4]], row[2], row[5]].filter(Boolean).join(" · "));
    add(box, "p", words.total + ": " + (total(row) || "—"));
    var quota = texts[row[10]];
    stages(box, row[11] || []);
    part(box, words.overrides, (row[12] || []).map(function (o) { return [0, o[0], [], [[0, o[1]], [0, o[2]]]]; }));
    if (!tree) {
      if (quota) { add(box, "h3", words.quota); add(box, "p", quota); }
      part(box, words.why, row[9].map(function (r) { return [0, r[1], r[0] ? [r[0]] : []]; }));
      return;
    }
    part(box, words.why, tree[0]);
    part(box, words.why_not + " " + texts[tree[2]], tree[3]);
    part(box, words.missing, tree[4].map(function (m) { return [3, m[0], [m[1]]]; }));
    part(box, words.would_decide, tree[8]);
    part(box, words.possible, tree[5].map(function (p) { return [0, p[0], [], p[1]]; }));
    points(box, tree[1]);
    part(box, words.readings, tree[6]);
    part(box, words.notes, tree[7]);
  }
  var title = document.title, open = -1;
  function show(index) {
    var row = rows[index], box = byId("record");
    box.textContent = "";
    document.body.classList.add("one-record");
    document.title = row[0] + " — " + title;
    write_buttons(box, index);
    var heading = add(box, "h2", row[0] + " — " + category(row)[1]);
    heading.tabIndex = -1;
    write_record(box, row, trees[index]);
    open = index;
    window.scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  }
  // Back where the record stands in the list, or at the section that the address names.
  function hide() {
    if (open === -1) return;
    byId("record").textContent = "";
    document.body.classList.remove("one-record");
    document.title = title;
    var place = found.indexOf(open), named = byId(location.hash.slice(1));
    var listed = place !== -1 ? byId("records").rows[place] : undefined;
    open = -1;
    if (named ? named.id !== "records-section" : false) { named.scrollIntoView(); return; }
    if (!listed) { byId("records-section").scrollIntoView(); return; }
    listed.scrollIntoView({ block: "center" });
    listed.querySelector("a").focus({ preventScroll: true });
  }
  function linked() {
    try { return by_link.get(decodeURIComponent(location.hash.slice(1))); } catch (_) { return undefined; }
  }
  // A link to one record: report.html#AB-0007
  function follow_link() {
    var index = linked();
    if (index === undefined) hide(); else show(index);
  }
  byId("search").addEventListener("input", search);
  byId("clear").addEventListener("click", clear);
  byId("more").addEventListener("click", more);
  window.addEventListener("hashchange", follow_link);
  window.addEventListener("beforeprint", function () { show_rows(found.length); });
  search();
  follow_link();
}());
)js";

}  // namespace quy::tools
