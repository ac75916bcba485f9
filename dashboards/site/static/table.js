// Tables behind the charts, and their download as CSV.
fenwei.table = (function () {
  var make = fenwei.element;

  function levelChip(level, text) {
    return make("span", { "class": "level l" + level }, text);
  }
  function number(value, digits) {
    return digits === undefined || digits === null ? String(value) : value.toFixed(digits);
  }
  function written(value, column) {
    if (value === null || value === undefined || value === "") return "";
    if (column.kind === "words") {
      return String(value).split(",").map(function (code) {
        return column.words[code] ? fenwei.pick(column.words[code]) : code;
      }).join(", ");
    }
    if (typeof value === "object") return String(fenwei.pick(value));
    if (column.kind === "number" || column.kind === "aqi" || column.kind === "level") return number(value, column.digits);
    if (column.kind === "warning") return fenwei.word("warning." + value);
    return String(value);
  }
  function cell(value, column, first) {
    var text = written(value, column), numeric = column.kind === "number" || column.kind === "aqi";
    var inside = text === "" ? make("span", { "class": "none" }, "—") : text;
    if (text !== "" && column.kind === "aqi") {
      var level = fenwei.level(value);
      inside = levelChip(level, text + " · " + level + " " + fenwei.pick(fenwei.data.site.levels[level]));
    } else if (text !== "" && column.kind === "level") {
      inside = levelChip(value, value + " " + fenwei.pick(fenwei.data.site.levels[value]));
    } else if (text !== "" && column.kind === "warning") {
      inside = make("span", { "class": "badge w-" + value }, text);
    }
    var kind = numeric ? "n" : text.length > 26 ? "long" : null;
    return make(first ? "th" : "td", { "class": kind, scope: first ? "row" : null }, inside);
  }
  function build(chart, rows) {
    var head = make("tr", {}, chart.columns.map(function (c) {
      return make("th", { scope: "col", "class": c.kind === "number" || c.kind === "aqi" ? "n" : null }, fenwei.pick(c.heading));
    }));
    // The row is named by its first text; a rank before it stays a figure.
    var naming = Math.max(0, chart.columns.findIndex(function (c) { return c.kind === "text"; }));
    var body = make("tbody", {}, rows.map(function (row) {
      return make("tr", {}, row.map(function (v, i) { return cell(v, chart.columns[i], i === naming); }));
    }));
    return make("table", {}, [make("caption", { "class": "quiet" }, fenwei.pick(chart.title)), make("thead", {}, head), body]);
  }
  function quoted(text) {
    return /[",\r\n]/.test(text) ? '"' + text.split('"').join('""') + '"' : text;
  }
  function csv(chart, rows) {
    var lines = [chart.columns.map(function (c) { return quoted(fenwei.pick(c.heading)); }).join(",")];
    rows.forEach(function (row) {
      lines.push(row.map(function (v, i) {
        var text = written(v, chart.columns[i]);
        // A spreadsheet takes such texts for formulas; numbers are no texts.
        if (typeof v !== "number" && /^[=+\-@\t]/.test(text)) text = "'" + text;
        return quoted(text);
      }).join(","));
    });
    return "\ufeff" + lines.join("\r\n") + "\r\n";
  }
  function download(chart, rows, name) {
    fenwei.save(new Blob([csv(chart, rows)], { type: "text/csv;charset=utf-8" }), name + ".csv");
  }
  return { build: build, csv: csv, download: download, levelChip: levelChip };
})();
