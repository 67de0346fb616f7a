// Runs before the page is painted, so that language and colours do not flash.
(function () {
  "use strict";
  const root = document.documentElement;
  root.classList.add("scripted");
  try {
    const language = localStorage.getItem("sijill-language");
    if (language === "en" || language === "ar") {
      root.lang = language;
      root.dir = language === "ar" ? "rtl" : "ltr";
    }
    const theme = localStorage.getItem("sijill-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch (error) {
    // A page opened from a file may have no storage; the page then starts in Arabic each time.
  }
})();
