// A figure as PNG that may stand alone: on white, with its title, what it says, and where it comes from.
fenwei.picture = (function () {
  var WIDTH = 1080, SCALE = 2, PAD = 28;
  var FAMILY = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',system-ui,sans-serif";
  // Words of Latin letters are kept whole; Chinese breaks anywhere but before a closing mark.
  var PIECES = /[\w.,:;%°µ²³/()+\-–—²₂₅]+\s*|\s+|./gu, CLOSING = /^[，。；：、）】》！？”’·]/;

  function lines(context, text, width) {
    var made = [], line = "";
    (text.match(PIECES) || []).forEach(function (piece) {
      if (line && context.measureText(line + piece.trimEnd()).width > width && !CLOSING.test(piece)) {
        made.push(line.trimEnd());
        line = piece.trimStart();
      } else line += piece;
    });
    if (line.trim()) made.push(line.trimEnd());
    return made;
  }
  function drawing(url) {
    return new Promise(function (done, failed) {
      var image = new Image();
      image.onload = function () { done(image); };
      image.onerror = failed;
      image.src = url;
    });
  }
  // What was chosen and belongs to these data, such as the city; the title alone may not name it.
  function chosen(key, title) {
    var parts = key.split("/");
    return [].map.call(document.querySelectorAll("[data-picker]"), function (select) {
      var option = select.options[select.selectedIndex];
      return option && parts.indexOf(option.value) >= 0 ? option.textContent : "";
    }).filter(function (text) { return text && title.indexOf(text) < 0; });
  }
  function texts(chart, index, key) {
    var page = fenwei.page, label = fenwei.pick(chart.shown[index].label), title = fenwei.pick(chart.title);
    title = fenwei.pick(page.mark) + [].concat(chosen(key, title), title, label || []).join(" · ");
    var source = fenwei.word("source", { site: fenwei.pick(page.site), view: fenwei.pick(page.view), until: page.until });
    return [
      { text: title, size: 21, weight: "bold", colour: "ink", after: 12 },
      { text: fenwei.pick(chart.caption), size: 14, weight: "normal", colour: "muted", after: 6 },
      { text: fenwei.pick(page.mark) + source, size: 14, weight: "normal", colour: "muted", after: 0 }
    ];
  }
  function laidOut(context, parts) {
    return parts.map(function (part) {
      context.font = part.weight + " " + part.size + "px " + FAMILY;
      var made = lines(context, part.text, WIDTH - 2 * PAD);
      return { part: part, font: context.font, lines: made, height: made.length * part.size * 1.45 + part.after };
    });
  }
  function write(context, block, top, known) {
    context.font = block.font;
    context.fillStyle = known[block.part.colour];
    context.textBaseline = "top";
    block.lines.forEach(function (line, i) { context.fillText(line, PAD, top + i * block.part.size * 1.45); });
    return top + block.height;
  }
  function download(canvas, name) {
    return new Promise(function (done, failed) {
      canvas.toBlob(function (blob) {
        if (!blob) { failed(new Error(name)); return; }
        fenwei.save(blob, name + ".png");
        done();
      }, "image/png");
    });
  }
  return function (chart, index, key, name) {
    var known = fenwei.colours("light"), figure = fenwei.resolve(chart.shown[index].figure, known);
    var height = figure.layout.height || 360;
    var layout = Object.assign({}, figure.layout, {
      template: fenwei.resolve(fenwei.data.site.template, known), width: WIDTH - 2 * PAD, height: height, autosize: false,
      paper_bgcolor: "#ffffff", plot_bgcolor: "#ffffff"
    });
    var size = { format: "png", width: WIDTH - 2 * PAD, height: height, scale: SCALE };
    return Plotly.toImage({ data: figure.data, layout: layout }, size).then(drawing).then(function (image) {
      var canvas = document.createElement("canvas"), context = canvas.getContext("2d");
      var blocks = laidOut(context, texts(chart, index, key));
      canvas.width = WIDTH * SCALE;
      canvas.height = Math.ceil((2 * PAD + height + 10 + blocks.reduce(function (sum, b) { return sum + b.height; }, 0)) * SCALE);
      context.scale(SCALE, SCALE);
      context.fillStyle = "#ffffff";
      context.fillRect(0, 0, canvas.width, canvas.height);
      var top = write(context, blocks[0], PAD, known);
      context.drawImage(image, PAD, top, WIDTH - 2 * PAD, height);
      write(context, blocks[2], write(context, blocks[1], top + height + 10, known), known);
      return download(canvas, name);
    });
  };
})();
