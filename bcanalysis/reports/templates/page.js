(() => {
  "use strict";
  const root = document.documentElement;
  const HEIGHT_ON_SCREEN = 420;
  const HEIGHT_ON_PAPER = 330;
  root.classList.add("js");

  const darkPreferred = window.matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (darkPreferred.matches ? "dark" : "light")) === "dark";

  // What the theme says about a chart, as the dotted names Plotly.relayout understands.
  const look = () => {
    const style = getComputedStyle(root);
    const colour = (name) => style.getPropertyValue(name).trim();
    const clear = "rgba(0,0,0,0)";
    const looks = {
      "paper_bgcolor": clear,
      "plot_bgcolor": clear,
      "font.color": colour("--ink"),
      "modebar.bgcolor": clear,
      "modebar.color": colour("--muted"),
      "modebar.activecolor": colour("--accent"),
    };
    for (const axis of ["xaxis", "yaxis"]) {
      looks[`template.layout.${axis}.gridcolor`] = colour("--rule");
      looks[`template.layout.${axis}.linecolor`] = colour("--muted");
      looks[`template.layout.${axis}.zerolinecolor`] = colour("--muted");
    }
    return looks;
  };

  const applied = (layout, looks) => {
    for (const [name, value] of Object.entries(looks)) {
      const keys = name.split(".");
      const last = keys.pop();
      keys.reduce((part, key) => (part[key] ??= {}), layout)[last] = value;
    }
    return layout;
  };

  const inflate = async (base64) => {
    const letters = atob(base64);
    const bytes = new Uint8Array(letters.length);
    for (let place = 0; place < letters.length; place += 1) bytes[place] = letters.charCodeAt(place); // in a tenth of the time of `from`
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).text();
  };

  const loadPlotly = async () => {
    if (window.Plotly) return; // it lies beside the page
    const script = document.createElement("script");
    script.textContent = await inflate([...document.querySelectorAll("script[data-library]")].map((piece) => piece.textContent).join(""));
    document.head.append(script);
    if (!window.Plotly) throw new Error("plotly.js did not start");
  };

  const settings = (locale) => ({
    responsive: true,
    displaylogo: false,
    showLink: false,
    showSendToCloud: false,
    plotlyServerURL: "",
    typesetMath: false,
    // plotly's own button loads the picture from a blob, which the policy of the page forbids
    modeBarButtonsToRemove: ["toImage", "lasso2d", "select2d"],
    modeBarButtonsToAdd: [
      { name: "save", title: locale.dictionary.save, icon: window.Plotly.Icons.camera, click: savePicture },
    ],
    locale: root.lang,
    locales: { [root.lang]: locale },
  });

  const savePicture = async (plot) => {
    const { width, height } = plot.getBoundingClientRect();
    const picture = new Image();
    picture.src = await window.Plotly.toImage(plot, { format: "svg", width, height });
    await picture.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: 2 * width, height: 2 * height });
    const pen = canvas.getContext("2d");
    pen.fillStyle = getComputedStyle(document.body).backgroundColor;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const link = document.createElement("a");
    link.download = `${plot.closest("figure").getAttribute("aria-label")}.png`;
    link.href = canvas.toDataURL("image/png");
    link.click();
  };

  const drawn = [];

  const draw = async (figure, config) => {
    const plot = figure.querySelector("[data-plot]");
    try {
      const { data, layout } = JSON.parse(figure.querySelector("script[data-figure]").textContent);
      const ownHeight = layout.height;
      plot.style.height = `${ownHeight || HEIGHT_ON_SCREEN}px`;
      await window.Plotly.newPlot(plot, data, applied(layout, look()), config);
      // the figure has a name and its data beside it; the letters of the drawing alone say nothing
      plot.querySelectorAll(".main-svg").forEach((drawing) => drawing.setAttribute("aria-hidden", "true"));
      drawn.push({ plot, ownHeight });
    } catch (error) {
      sayNotDrawn(figure);
    }
  };

  const sayNotDrawn = (figure) => {
    figure.querySelector("[data-plot]").hidden = true;
    figure.querySelector("[data-not-drawn]").hidden = false;
  };

  const drawAll = async () => {
    const figures = [...document.querySelectorAll("figure[data-chart]")];
    if (!figures.length) return;
    try {
      await loadPlotly();
    } catch (error) {
      figures.forEach(sayNotDrawn);
      return;
    }
    const config = settings(JSON.parse(document.querySelector("script[data-chart-locale]").textContent));
    for (const figure of figures) await draw(figure, config);
  };

  const repaint = (size) => {
    for (const { plot, ownHeight } of drawn) {
      const changes = look();
      if (size) {
        Object.assign(changes, size, { height: ownHeight || size.height });
        plot.style.height = `${changes.height}px`;
      }
      window.Plotly.relayout(plot, changes);
    }
  };

  const startTools = () => {
    const themeButton = document.querySelector("[data-theme-button]");
    const nameTheme = () => {
      themeButton.textContent = isDark() ? themeButton.dataset.light : themeButton.dataset.dark;
    };
    themeButton.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      nameTheme();
      repaint();
    });
    darkPreferred.addEventListener("change", () => {
      nameTheme();
      repaint();
    });
    nameTheme();

    const codeButton = document.querySelector("[data-code-button]");
    codeButton?.addEventListener("click", () => {
      const shown = root.classList.toggle("with-code");
      codeButton.setAttribute("aria-pressed", String(shown));
      codeButton.textContent = shown ? codeButton.dataset.hide : codeButton.dataset.show;
      document.querySelectorAll("[data-code]").forEach((code) => {
        code.open = shown;
      });
    });
    document.querySelector("[data-tools]").hidden = false;
  };

  // Paper is light and narrower than the screen, and the browser tells charts of neither.
  let themeOnScreen;
  window.addEventListener("beforeprint", () => {
    themeOnScreen = root.dataset.theme;
    root.dataset.theme = "light";
    repaint({ width: 640, height: HEIGHT_ON_PAPER, autosize: false });
  });
  window.addEventListener("afterprint", () => {
    if (themeOnScreen) root.dataset.theme = themeOnScreen;
    else delete root.dataset.theme;
    repaint({ width: null, height: HEIGHT_ON_SCREEN, autosize: true });
  });

  seen.then(() => {
    startTools();
    drawAll();
  });
})();
