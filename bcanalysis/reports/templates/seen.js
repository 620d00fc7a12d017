// Fulfilled when the words of the page are on the screen: to change its tables or unpack its charts before would hold them up.
// A page that is not shown is not painted, but may be printed.
const seen = new Promise((go) => {
  document.addEventListener("DOMContentLoaded", () => {
    new PerformanceObserver(go).observe({ type: "paint", buffered: true });
    setTimeout(go, 1000);
  });
});
